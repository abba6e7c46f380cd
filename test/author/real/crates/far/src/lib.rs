pub fn text() -> &'static str {
    "far"
}
