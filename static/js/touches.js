// .choices[data-sst-touches]: keys 1 to 9 choose an answer, outside of text fields.
// form[data-sst-envoyer]: Ctrl or Command with Enter sends the form from any of its fields.
const isTyping = (target) => target.isContentEditable || target.tagName === "TEXTAREA" || target.tagName === "SELECT"
  || (target.tagName === "INPUT" && !/^(radio|checkbox|button|submit)$/.test(target.type));

document.addEventListener("keydown", (event) => {
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  if (/^[1-9]$/.test(event.key) && !modified && !isTyping(event.target)) {
    const answers = document.querySelectorAll(".choices[data-sst-touches] .choice input");
    const answer = answers[Number(event.key) - 1];
    if (answer && !answer.disabled) {
      event.preventDefault();
      answer.focus();
      answer.click();
    }
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.form || document.querySelector("form[data-sst-envoyer]");
    if (form?.matches("[data-sst-envoyer]")) {
      event.preventDefault();
      form.requestSubmit();
    }
  }
});
