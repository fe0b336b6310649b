//! The formats for programs: JSON lines, workflow commands of GitHub, SARIF.

use serde_json::Value;

use super::{PETS, Shop, schema};

const MESSAGES: &str = include_str!("../../../docs/messages.schema.json");
const SARIF: &str = include_str!("sarif.schema.json");

#[test]
fn each_line_of_json_is_as_its_schema_says() {
    let shop = Shop::new("json");
    let args = ["warning.yaml", "error.yaml", "skip.yaml", "good.yaml", "--message-format", "json"];
    let run = shop.check(&args);
    assert_eq!(run.err, "");
    let lines: Vec<Value> =
        run.out.lines().map(|it| serde_json::from_str(it).expect("JSON")).collect();
    for line in &lines {
        schema::check(line, MESSAGES);
    }
    let said: Vec<_> = lines.iter().map(|it| (&it["file"], &it["severity"], &it["code"])).collect();
    assert_eq!(
        said.iter()
            .map(|(file, severity, code)| format!("{file} {severity} {code}"))
            .collect::<Vec<_>>(),
        [
            r#""warning.yaml" "warning" "OAS111""#,
            r#""error.yaml" "error" "OAS201""#,
            r#""error.yaml" "warning" "OAS208""#,
            r#""skip.yaml" "skipped" "OAS312""#,
        ]
    );
}

#[test]
fn generate_writes_the_same_json_to_standard_error() {
    let shop = Shop::new("generate");
    let args = ["generate", "error.yaml", "--out", "out", "--message-format", "json"];
    let run = shop.run(&args);
    let message: Value = serde_json::from_str(&run.err).expect("one line of JSON");
    schema::check(&message, MESSAGES);
    assert_eq!(message["line"], 11);
}

#[test]
fn what_a_document_says_ends_no_workflow_command() {
    let shop = Shop::new("github");
    let hostile = PETS.replace("default: Rex", "\"a,b:c%0A\\r\\n::error::x\": 1, default: []");
    shop.put("a,b:c%.yaml", &hostile);
    let run = shop.check(&["a,b:c%.yaml", "--message-format", "github"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let lines: Vec<_> = run.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", run.out);
    let property = "::warning file=a%2Cb%3Ac%25.yaml,line=14,endLine=14,col=";
    assert!(lines.iter().all(|it| it.starts_with(property)), "{}", run.out);
    assert!(lines[0].contains(",title=OAS103::`a,b:c%250A"), "{}", run.out);
    // The percent sign of the document is text, its line break a line break of the message.
    assert!(lines[0].contains("a,b:c%250A"), "{}", run.out);
    assert!(!run.out.contains('\r') && !run.out.contains("\n::error"), "{}", run.out);
}

#[test]
fn a_workflow_command_has_the_place_and_the_help() {
    let shop = Shop::new("github-place");
    let run = shop.check(&["error.yaml", "--message-format", "github"]);
    let first = run.out.lines().next().expect("a line");
    assert_eq!(
        first,
        "::error file=error.yaml,line=11,endLine=11,col=47,endColumn=74,title=OAS201::\
         `$ref` points at nothing: `#/components/schemas/Pett` \
         (at #/paths/~1pets/get/responses/200/content/application~1json/schema/$ref)%0A\
         did you mean the schema `#/components/schemas/Pet`?"
    );
}

#[test]
fn sarif_is_one_log_of_all_documents() {
    let shop = Shop::new("sarif");
    let twice = PETS.replace("  /pets:", "  /dogs:\n    get: {operationId: list_pets, responses: {'204': {description: ö.}}}\n  /pets:");
    shop.put("tw ice.yaml", &twice);
    let run = shop.check(&[
        "error.yaml",
        "skip.yaml",
        "tw ice.yaml",
        "good.yaml",
        "--message-format",
        "sarif",
    ]);
    assert_eq!(run.code, Some(4));
    let log: Value = serde_json::from_str(&run.out).expect("one JSON object");
    schema::check(&log, SARIF);
    let results = log["runs"][0]["results"].as_array().expect("results");
    let rules = &log["runs"][0]["tool"]["driver"]["rules"];
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert!(region["endColumn"].as_u64() >= region["startColumn"].as_u64(), "{region}");
    }
    let twice = results.iter().find(|it| it["ruleId"] == "OAS202").expect("a second id");
    let uri = &twice["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "tw%20ice.yaml");
    assert_eq!(twice["relatedLocations"][0]["message"]["text"], "keeps the name `list_pets`");
    assert_eq!(twice["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 5);
    let levels: Vec<_> = results.iter().map(|it| it["level"].as_str()).collect();
    assert!(levels.contains(&Some("error")) && levels.contains(&Some("warning")), "{levels:?}");
}

#[test]
fn sarif_of_nothing_is_a_log_without_results() {
    let shop = Shop::new("sarif-nothing");
    let run = shop.check(&["good.yaml", "--message-format", "sarif"]);
    let log: Value = serde_json::from_str(&run.out).expect("one JSON object");
    schema::check(&log, SARIF);
    assert_eq!(log["runs"][0]["results"], Value::Array(Vec::new()));
}
