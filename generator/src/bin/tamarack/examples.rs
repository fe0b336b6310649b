//! A code in, the smallest text that earns it out.

/// Every code that a document or an overlay can earn, with the lines that earn it.
const EXAMPLES: &[(&str, &str)] = &[
    ("OAS001", "openapi: 3.0.3\ninfo: ["),
    ("OAS002", "properties:\n  id: {type: string}\n  id: {type: integer}"),
    ("OAS100", "swagger: '2.0'"),
    ("OAS101", "components:\n  schemas: []"),
    ("OAS102", "info:\n  title: Pets\n  # no version"),
    ("OAS103", "Pet:\n  type: object\n  propertys: {}"),
    ("OAS104", "Pet:\n  type: strng"),
    ("OAS105", "limit:\n  type: integer\n  default: '100'"),
    ("OAS106", "name:\n  type: string\n  required: true"),
    ("OAS107", "paths:\n  /pets/{id: {}"),
    ("OAS108", "paths:\n  /pets:\n    get:\n      responses: {}"),
    ("OAS109", "paths:\n  /pets/{id}:\n    get:\n      operationId: get_pet\n      parameters: []"),
    ("OAS110", "servers:\n- url: 'not a url'"),
    ("OAS201", "schema:\n  $ref: '#/components/schemas/Missing'"),
    (
        "OAS202",
        "paths:\n  /dogs: {get: {operationId: get_pet}}\n  /cats: {get: {operationId: get_pet}}",
    ),
    ("OAS203", "A:\n  $ref: '#/components/schemas/B'\nB:\n  $ref: '#/components/schemas/A'"),
    ("OAS204", "schema:\n  $ref: 'other.yaml#/Pet'"),
    ("OAS301", "Pet:\n  not: {type: string}"),
    ("OAS312", "requestBody:\n  content:\n    application/x-ndjson: {}"),
    ("OAS313", "'200':\n  content:\n    text/event-stream: {}"),
    ("OAS314", "- name: filter\n  in: query\n  style: deepObject\n  schema: {type: object}"),
    ("OAS315", "securitySchemes:\n  Mutual: {type: mutualTLS}"),
    ("OAS316", "webhooks:\n  petCame: {}"),
    ("OAS401", "schemas:\n  Tag: {type: string}\n  tag: {type: object}"),
    ("OAS501", "[[secret]]\nat = \"#/components/schemas/Gone\"\nreason = \"...\""),
    ("OAS502", "[[secret]\nat = ..."),
    (
        "OAS503",
        "[[ignore-case]]\nat = \"#/components/schemas/AnObject\"\nreason = \"only a list of values has letter case\"",
    ),
];

/// Returns the smallest text that earns the code; a bug of ours has none.
pub(crate) fn of(code: &str) -> Option<&'static str> {
    EXAMPLES.iter().find(|(known, _)| *known == code).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_but_our_own_bug_has_an_example() {
        let without: Vec<_> = tamarack::codes::ALL
            .iter()
            .map(|(code, _)| code.0)
            .filter(|code| of(code).is_none())
            .collect();
        assert_eq!(without, [tamarack::codes::BUG.0]);
    }
}
