// Where SQL is written: Datasette's editor, if there is one, started from a file and named for screen readers; and a button that formats.
document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector("button#sql-format");
  const shown = document.querySelector("pre#sql-query");
  const input = document.querySelector("textarea#sql-editor");
  // Offers to format what `read` gives, and hands it to `write`.
  const offer = (read, write) => {
    if (!button || !window.sqlFormatter) return;
    button.hidden = false;
    button.addEventListener("click", () => write(sqlFormatter.format(read())));
  };
  if (input && window.CodeMirror) {
    const editor = CodeMirror.fromTextArea(input, { lineNumbers: true, mode: "text/x-sql", lineWrapping: true });
    editor.getInputField().setAttribute("aria-label", "SQL");
    editor.setOption("extraKeys", { "Shift-Enter": () => document.querySelector("form.sql").submit(), Tab: false });
    offer(() => editor.getValue(), (sql) => editor.setValue(sql));
  } else if (input) {
    offer(() => input.value, (sql) => { input.value = sql; });
  } else if (shown && window.sqlFormatter && sqlFormatter.format(shown.textContent) !== shown.textContent) {
    offer(() => shown.textContent, (sql) => { shown.textContent = sql; });
  }
});
