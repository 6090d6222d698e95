// Datasette's editor for SQL: started from a file, and named for screen readers.
document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector("button#sql-format");
  const shown = document.querySelector("pre#sql-query");
  const input = document.querySelector("textarea#sql-editor");
  if (input && window.CodeMirror) {
    const editor = CodeMirror.fromTextArea(input, { lineNumbers: true, mode: "text/x-sql", lineWrapping: true });
    editor.getInputField().setAttribute("aria-label", "SQL");
    editor.setOption("extraKeys", { "Shift-Enter": () => document.querySelector("form.sql").submit(), Tab: false });
    if (button) {
      button.hidden = false;
      button.addEventListener("click", () => editor.setValue(sqlFormatter.format(editor.getValue())));
    }
  } else if (button && shown && window.sqlFormatter) {
    const formatted = sqlFormatter.format(shown.textContent);
    if (formatted !== shown.textContent) {
      button.hidden = false;
      button.addEventListener("click", () => { shown.textContent = formatted; });
    }
  }
});
