//! The page is readable in light and dark mode, on narrow screens and on paper.

use serde_json::json;

use super::browser::Browser;
use super::documents;

/// Rows outside the window are not drawn and count as not visible; this draws all.
const DRAW_ALL: &str = "document.querySelectorAll('.group, .row').forEach(it => { it.style.contentVisibility = 'visible'; })";

/// Each text that can be seen with a contrast below 4.5 to what is behind it
/// (WCAG 2.2, 1.4.3; what is disabled is exempt).
const FAINT: &str = r"
    const channel = it => (it /= 255) <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4;
    const numbers = it => it.match(/[\d.]+/g).map(Number);
    const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    const ground = it => {
      for (; it; it = it.parentElement) {
        const colour = getComputedStyle(it).backgroundColor;
        if (numbers(colour)[3] !== 0) return colour;
      }
      return 'rgb(255, 255, 255)';
    };
    const acc = [];
    let n = 0;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const it = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !it.checkVisibility() || it.closest('script, :disabled')) continue;
      const style = getComputedStyle(it);
      const colour = it.closest('svg') ? style.fill : style.color;
      const [a, b] = [colour, ground(it)].map(it => luminance(numbers(it)));
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      n += 1;
      if (ratio < 4.5) acc.push(`${walker.currentNode.data.trim()}: ${ratio.toFixed(2)} in ${it.className}`);
    }
    return n < 100 ? ['too few texts'] : acc;";

pub(crate) fn light_and_dark_can_be_read(browser: &Browser) {
    let page = documents::timeline();
    let ground = "getComputedStyle(document.body).backgroundColor";
    let mut grounds = Vec::new();
    browser.new_tab();
    for mode in ["light", "dark"] {
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": mode}]});
        browser.devtools("Emulation.setEmulatedMedia", &features);
        browser.load(&page.file, "#history=any");
        browser.run("document.getElementById('expand').click()");
        browser.run("document.querySelectorAll('.reach').forEach(it => { it.open = true; })");
        browser.run(DRAW_ALL);
        assert_eq!(browser.run(FAINT), json!([]), "{mode}");
        browser.screenshot(&format!("timeline-{mode}-open"));
        grounds.push(browser.text(ground));
    }
    assert_ne!(grounds[0], grounds[1]);
}

pub(crate) fn a_narrow_window_needs_no_scrolling_to_the_side(browser: &Browser) {
    let page = documents::timeline();
    browser.new_tab();
    let size = json!({"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": false});
    browser.devtools("Emulation.setDeviceMetricsOverride", &size);
    browser.load(&page.file, "#history=any");
    browser.screenshot("narrow-top");
    let too_wide = "document.documentElement.scrollWidth > 360";
    assert!(!browser.is(too_wide));
    browser.run("document.getElementById('expand').click()");
    assert!(!browser.is(too_wide));
    browser.run("document.querySelector('.row').scrollIntoView()");
    browser.screenshot("narrow-open");
    browser.run(DRAW_ALL);
    // Nothing that can be pressed is smaller than 24 pixels (WCAG 2.2, 2.5.8).
    let small = "return [...document.querySelectorAll('button, select, input, summary')]
        .filter(it => it.checkVisibility() && it.getBoundingClientRect().height < 24)
        .map(it => it.outerHTML)";
    assert_eq!(browser.run(small), json!([]));
}

pub(crate) fn the_first_change_is_on_the_first_screen_of_a_phone(browser: &Browser) {
    let size = json!({"width": 400, "height": 800, "deviceScaleFactor": 1, "mobile": false});
    for (page, name) in [
        (documents::two(), "two"),
        (documents::documentation(), "documentation"),
        (documents::crowded(), "crowded"),
    ] {
        browser.new_tab();
        browser.devtools("Emulation.setDeviceMetricsOverride", &size);
        browser.load(&page.file, "");
        browser.screenshot(&format!("phone-{name}"));
        let first = "[...document.querySelectorAll('.row')].find(it => it.offsetParent)";
        let end = browser.number(&format!("Math.round({first}.getBoundingClientRect().bottom)"));
        assert!(end <= 800, "{name}: the first change ends at {end}");
    }
}

pub(crate) fn on_paper_every_row_is_open(browser: &Browser) {
    let page = documents::two();
    browser.new_tab();
    browser.load(&page.file, "#rust=major");
    let open = "[...document.querySelectorAll('.side')].filter(it => it.checkVisibility()).length";
    assert_eq!(browser.number(open), 0);
    browser.devtools("Emulation.setEmulatedMedia", &json!({"media": "print"}));
    // Four rows are major; each has two sides.
    assert_eq!(browser.number(open), 8);
    assert!(!browser.is("document.getElementById('filters').checkVisibility()"));
    browser.run("document.getElementById('status').scrollIntoView()");
    browser.screenshot("paper");
}
