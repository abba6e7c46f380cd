//! Opens a plugin as hosts do, and says what it answers.

use libloading::{Library, Symbol};

fn main() {
    let Some(path) = std::env::args().nth(1) else {
        let word = regex::Regex::new("[a-z]+").expect("a pattern");
        println!("host, {}", word.is_match(far::text()));
        return;
    };
    // SAFETY: the plugin's constructors and its function are this workspace's own.
    let answer = unsafe {
        Library::new(path).and_then(|library| {
            let words: Symbol<unsafe extern "C" fn() -> u32> = library.get(b"otlp_words")?;
            let count = words();
            // Its threads may still run.
            std::mem::forget(library);
            Ok(count)
        })
    };
    match answer {
        Ok(count) => println!("loads: {count}"),
        Err(error) => println!("refused: {error}"),
    }
}
