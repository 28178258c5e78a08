// select[data-sst-taper]: letters typed find the first answer that begins with them, else that holds a word which
// does; accents and case count for nothing. Backspace takes one back, a second without typing starts anew.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("’", "'").toLowerCase();
const PAUSE = 1200;
let typed = "";
let last = 0;
let field = null;

function find(list) {
  const answers = [...list.options].filter((option) => option.value !== "");
  return answers.find((option) => plain(option.text).startsWith(typed))
    ?? answers.find((option) => plain(option.text).split(/[ ']/).some((word, rank, words) => words.slice(rank).join(" ").startsWith(typed)));
}

document.addEventListener("keydown", (event) => {
  const list = event.target.closest?.("select[data-sst-taper]");
  if (!list || event.ctrlKey || event.metaKey || event.altKey) return;
  const now = event.timeStamp;
  if (list !== field || now - last > PAUSE) typed = "";
  const back = event.key === "Backspace" && typed !== "";
  if (!back && (event.key.length !== 1 || (event.key === " " && typed === ""))) return;
  event.preventDefault();
  [field, last] = [list, now];
  typed = back ? typed.slice(0, -1) : typed + plain(event.key);
  const answer = find(list);
  if (!answer || answer.selected) return;
  answer.selected = true;
  list.dispatchEvent(new Event("input", { bubbles: true }));
  list.dispatchEvent(new Event("change", { bubbles: true }));
});
