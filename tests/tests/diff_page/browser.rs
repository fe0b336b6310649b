//! Controls a headless Chromium: a small client of `WebDriver` (W3C) over plain HTTP.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

/// A browser that ends with the value.
pub(crate) struct Browser {
    driver: Child,
    /// Kept open: the driver would end when it cannot write.
    _output: BufReader<ChildStdout>,
    port: u16,
    session: String,
    profile: PathBuf,
}

/// A key that has no character.
pub(crate) const ENTER: &str = "\u{e007}";
pub(crate) const ESCAPE: &str = "\u{e00c}";
pub(crate) const TAB: &str = "\u{e004}";
pub(crate) const DOWN: &str = "\u{e015}";

impl Browser {
    /// Starts a browser, or says that there is none.
    pub(crate) fn start() -> Option<Self> {
        let (Some(driver), Some(chromium)) = (found("chromedriver"), found("chromium")) else {
            eprintln!("skipped: no chromium");
            return None;
        };
        let mut driver = Command::new(driver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let mut output = BufReader::new(driver.stdout.take().expect("the output is piped"));
        let port = port(&mut output);
        let profile = folder("profile");
        let mut browser = Self { driver, _output: output, port, session: String::new(), profile };
        let data = format!("--user-data-dir={}", browser.profile.display());
        let capabilities = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"binary": chromium, "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", "--window-size=1280,900", data,
            ]},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }}});
        let reply = browser.request("POST", "/session", Some(&capabilities));
        reply["sessionId"].as_str().expect("a session").clone_into(&mut browser.session);
        Some(browser)
    }

    /// Opens a file in a tab of its own, with what stands behind `#` in the
    /// address.
    pub(crate) fn open(&self, file: &Path, hash: &str) {
        self.new_tab();
        self.load(file, hash);
    }

    /// Goes to a tab where nothing is emulated.
    pub(crate) fn new_tab(&self) {
        let tab = self.post("/window/new", &json!({"type": "tab"}));
        self.post("/window", &json!({"handle": tab["handle"]}));
    }

    /// Opens a file in this tab.
    pub(crate) fn load(&self, file: &Path, hash: &str) {
        // The same page with another hash would not be loaded again.
        self.post("/url", &json!({"url": "about:blank"}));
        self.post("/url", &json!({"url": format!("file://{}{hash}", file.display())}));
    }

    /// Runs the body of a function in the page; returns what it returns.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.post("/execute/sync", &json!({"script": script, "args": []}))
    }

    /// Runs an expression in the page that is a text.
    pub(crate) fn text(&self, expression: &str) -> String {
        let value = self.run(&format!("return {expression}"));
        value.as_str().unwrap_or_else(|| panic!("{expression} is {value}")).to_owned()
    }

    /// Runs an expression in the page that is a whole number.
    pub(crate) fn number(&self, expression: &str) -> u64 {
        let value = self.run(&format!("return {expression}"));
        value.as_u64().unwrap_or_else(|| panic!("{expression} is {value}"))
    }

    /// Runs an expression in the page that is true or false.
    pub(crate) fn is(&self, expression: &str) -> bool {
        let value = self.run(&format!("return {expression}"));
        value.as_bool().unwrap_or_else(|| panic!("{expression} is {value}"))
    }

    /// Waits until an expression in the page is true.
    pub(crate) fn wait(&self, expression: &str) {
        for _ in 0..100 {
            if self.is(expression) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("{expression} does not become true");
    }

    /// Presses and releases keys, one after the other.
    pub(crate) fn press(&self, keys: &[&str]) {
        let actions: Vec<_> = keys
            .iter()
            .flat_map(|key| ["keyDown", "keyUp"].map(|it| json!({"type": it, "value": key})))
            .collect();
        self.post(
            "/actions",
            &json!({"actions": [{"type": "key", "id": "k", "actions": actions}]}),
        );
    }

    /// Clicks on what a selector finds, as a user would: what is covered or
    /// hidden cannot be clicked.
    pub(crate) fn click(&self, selector: &str) {
        let found = self.post("/element", &json!({"using": "css selector", "value": selector}));
        let id = found.as_object().and_then(|it| it.values().next()).and_then(Value::as_str);
        let id = id.unwrap_or_else(|| panic!("{selector}: {found}"));
        let reply = self.post(&format!("/element/{id}/click"), &json!({}));
        assert!(reply.is_null(), "{selector}: {reply}");
    }

    /// Sends a command of the `DevTools` protocol.
    pub(crate) fn devtools(&self, command: &str, params: &Value) -> Value {
        self.post("/goog/cdp/execute", &json!({"cmd": command, "params": params}))
    }

    /// Returns what was logged since the last call: `browser` is the console,
    /// `performance` what the network was asked for.
    pub(crate) fn log(&self, kind: &str) -> Vec<Value> {
        let log = self.post("/se/log", &json!({"type": kind}));
        log.as_array().unwrap_or_else(|| panic!("{log}")).clone()
    }

    /// Writes a picture of the page, where `TAMARACK_SCREENSHOTS` names a folder.
    pub(crate) fn screenshot(&self, name: &str) {
        let Some(folder) = std::env::var_os("TAMARACK_SCREENSHOTS") else { return };
        let params = json!({"captureBeyondViewport": false});
        let picture = self.devtools("Page.captureScreenshot", &params);
        let picture = picture["data"].as_str().expect("a picture");
        let bytes = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, picture);
        let path = Path::new(&folder).join(name).with_extension("png");
        std::fs::write(path, bytes.expect("base64")).expect("a picture is written");
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.request("POST", &format!("/session/{}{path}", self.session), Some(body))
    }

    /// Sends a request; returns the `value` of the response.
    fn request(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let reply = self.try_request(method, path, body);
        let value = reply.unwrap_or_else(|it| panic!("{method} {path}: {it}"));
        assert!(value.get("error").is_none(), "{method} {path} {body:?}: {value:#}");
        value
    }

    fn try_request(&self, method: &str, path: &str, body: Option<&Value>) -> io::Result<Value> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.port,
            body.len()
        );
        stream.write_all(request.as_bytes())?;
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
        }
        let mut reply = vec![0; length];
        reader.read_exact(&mut reply)?;
        let mut reply: Value = serde_json::from_slice(&reply)?;
        Ok(reply["value"].take())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Without this the browser would outlive its driver. A test that has
        // failed must not fail once more here.
        if !self.session.is_empty() {
            let _ = self.try_request("DELETE", &format!("/session/{}", self.session), None);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

/// Returns a new empty folder.
pub(crate) fn folder(name: &str) -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let unique = format!("tamarack-page-{}-{count}-{name}", std::process::id());
    let path = std::env::temp_dir().join(unique);
    std::fs::create_dir_all(&path).expect("a folder is made");
    path
}

fn found(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|it| it.join(program)).find(|it| it.is_file())
}

/// Reads the port that the driver chose from what it prints.
fn port(output: &mut impl BufRead) -> u16 {
    for line in output.lines() {
        let line = line.expect("a line");
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            return port.trim_end_matches('.').parse().expect("a port");
        }
    }
    panic!("chromedriver ended before it had a port")
}
