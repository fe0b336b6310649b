//! The documents, and the requests that Prism refuses though the document allows them, each with the reason.

/// A document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Api {
    /// The word in names of crates.
    pub(crate) word: &'static str,
    /// The file below the corpora.
    pub(crate) file: &'static str,
    /// What the document does not say.
    pub(crate) overlay: Option<&'static str>,
}

/// What is not counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exception {
    /// The word of the document.
    pub(crate) word: &'static str,
    /// The operation, by its id.
    pub(crate) operation: &'static str,
    /// What is said of the call.
    pub(crate) says: &'static str,
    /// Why nothing of ours is wrong.
    pub(crate) reason: &'static str,
}

const fn pinecone(word: &'static str, file: &'static str) -> Api {
    Api { word, file, overlay: None }
}

pub(crate) const APIS: &[Api] = &[
    pinecone("admin", "pinecone/2026-04/admin_2026-04.oas.yaml"),
    pinecone("assistant_control", "pinecone/2026-04/assistant_control_2026-04.oas.yaml"),
    pinecone("assistant_data", "pinecone/2026-04/assistant_data_2026-04.oas.yaml"),
    pinecone("assistant_evaluation", "pinecone/2026-04/assistant_evaluation_2026-04.oas.yaml"),
    pinecone("db_control", "pinecone/2026-04/db_control_2026-04.oas.yaml"),
    pinecone("db_data", "pinecone/2026-04/db_data_2026-04.oas.yaml"),
    pinecone("db_metrics", "pinecone/2026-04/db_metrics_2026-04.oas.yaml"),
    pinecone("inference", "pinecone/2026-04/inference_2026-04.oas.yaml"),
    pinecone("oauth", "pinecone/2026-04/oauth_2026-04.oas.yaml"),
    Api { word: "box", file: "wild/box__box-openapi/openapi.json", overlay: None },
    Api {
        word: "hcloud",
        file: "wild/MaximilianKoestler__hcloud-openapi/openapi/hcloud.json",
        overlay: None,
    },
];

/// Each was read by hand: the request is what the document declares, or the document cannot be kept.
pub(crate) const EXCEPTIONS: &[Exception] = &[
    Exception {
        word: "assistant_data",
        operation: "upload_file",
        says: "Request body property metadata must be object,null",
        reason: OBJECT_IN_MULTIPART,
    },
    Exception {
        word: "assistant_data",
        operation: "upsert_file",
        says: "Request body property metadata must be object,null",
        reason: OBJECT_IN_MULTIPART,
    },
    Exception {
        word: "db_data",
        operation: "upsertRecordsNamespace",
        says: "Request body must be array",
        reason: "Prism takes lines of JSON for one text",
    },
    Exception {
        word: "box",
        operation: "post_files_content",
        says: "Request body property attributes must be object",
        reason: OBJECT_IN_MULTIPART,
    },
    Exception {
        word: "box",
        operation: "post_files_id_content",
        says: "Request body property attributes must be object",
        reason: OBJECT_IN_MULTIPART,
    },
    Exception {
        word: "box",
        operation: "post_oauth2_revoke",
        says: "must have required property 'grant_type'",
        reason: REQUIRED_WITHOUT_PROPERTY,
    },
    Exception {
        word: "box",
        operation: "post_invites",
        says: "must have required property 'id'",
        reason: REQUIRED_WITHOUT_PROPERTY,
    },
    Exception {
        word: "box",
        operation: "put_folders_id#remove_shared_link",
        says: "Request body property shared_link must be object",
        reason: "a fragment of a path is never sent (OAS107): Prism reads the request as of the path without one",
    },
];

const OBJECT_IN_MULTIPART: &str = "the part is application/json, the default for an object (OpenAPI 3.0, Media Type \
                                   Object), and Prism takes it for a text";

const REQUIRED_WITHOUT_PROPERTY: &str = "`required` names a property that is declared nowhere (OAS106), so no value \
                                         says what it is; an overlay can declare it";
