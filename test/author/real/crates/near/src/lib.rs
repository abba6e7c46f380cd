pub fn text() -> String {
    serde_json::json!(["near"]).to_string()
}
