//! The page without a network, without scripts, and with many rows.

use serde_json::{Value, json};

use super::browser::Browser;
use super::{SHOWN, documents};

pub(crate) fn nothing_is_loaded_and_nothing_is_complained_about(browser: &Browser) {
    for page in [documents::timeline(), documents::hostile()] {
        browser.log("performance");
        browser.open(&page.file, "");
        browser.press(&["/"]);
        browser.press(&["a"]);
        assert_eq!(browser.number("performance.getEntriesByType('resource').length"), 0);
        assert_eq!(browser.log("browser"), Vec::<Value>::new());
        assert_eq!(requests(browser), [format!("file://{}", page.file.display())]);
        assert_eq!(browser.text("typeof window.hostile"), "undefined");
        assert_eq!(browser.number("document.scripts.length"), 1);
        assert_eq!(browser.number("document.images.length"), 0);
        // Even a script of the page could not send anything.
        let sent = "return fetch('http://127.0.0.1:9/').then(() => 'sent', it => it.name)";
        assert_eq!(browser.run(sent), json!("TypeError"));
        let refused: Vec<_> = browser.log("browser");
        assert!(
            refused.iter().any(|it| it["message"]
                .as_str()
                .is_some_and(|it| it.contains("Content Security Policy"))),
            "{refused:?}"
        );
    }
}

/// Returns the address of each request since the last call, without `data:` and `about:`.
fn requests(browser: &Browser) -> Vec<String> {
    let log = browser.log("performance");
    let messages = log.iter().filter_map(|it| it["message"].as_str());
    let messages = messages.map(|it| serde_json::from_str::<Value>(it).expect("JSON"));
    messages
        .map(|mut it| it["message"].take())
        .filter(|it| it["method"] == "Network.requestWillBeSent")
        // The browser loads pages of its own into new tabs.
        .filter(|it| it["params"]["documentURL"].as_str().is_some_and(|it| it.starts_with("file:")))
        .filter_map(|it| it["params"]["request"]["url"].as_str().map(str::to_owned))
        .filter(|it| !it.starts_with("data:") && !it.starts_with("about:"))
        .collect()
}

pub(crate) fn without_scripts_every_row_is_there(browser: &Browser) {
    let page = documents::timeline();
    browser.new_tab();
    browser.devtools("Emulation.setScriptExecutionDisabled", &json!({"value": true}));
    browser.load(&page.file, "");
    browser.screenshot("no-script");
    let evaluated = |expression: &str| -> Value {
        let params = json!({"expression": expression, "returnByValue": true});
        browser.devtools("Runtime.evaluate", &params)["result"]["value"].clone()
    };
    assert_eq!(evaluated(SHOWN), json!(13));
    assert_eq!(evaluated("document.querySelectorAll('.row > details').length"), json!(13));
    assert_eq!(evaluated("document.getElementById('filters').checkVisibility()"), json!(false));
    assert_eq!(evaluated("document.documentElement.classList.length"), json!(0));
}

pub(crate) fn many_rows_stay_quick(browser: &Browser) {
    let page = documents::many(1_700);
    browser.open(&page.file, "");
    assert_eq!(browser.number(SHOWN), 1_700);
    let times = browser.run(
        "const text = document.getElementById('text');
         return ['member_3', 'member_3 T7', ''].map(it => {
           const start = performance.now();
           text.value = it;
           text.dispatchEvent(new Event('input'));
           document.body.getBoundingClientRect();
           return Math.round(performance.now() - start);
         });",
    );
    let loaded = browser.run(
        "return Math.round(performance.timing.domComplete - performance.timing.navigationStart)",
    );
    eprintln!("1,700 rows: loaded in {loaded} ms, filtered in {times} ms");
    assert_eq!(browser.number(SHOWN), 1_700);
}
