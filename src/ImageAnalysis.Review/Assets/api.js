// Sends what changes something. The token comes from the page, which only this browser was given.
const token = document.querySelector("meta[name=review-token]").content;

export class Refused extends Error {}

export const newId = () => crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export async function send(path, body) {
  for (let attempt = 0; ; attempt++) {
    let answer;
    try {
      answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json", "X-Review-Token": token }, body: JSON.stringify(body) });
    } catch (problem) {
      // The decision has a name: sending it again stores it once.
      if (attempt < 2) { await new Promise((resolve) => setTimeout(resolve, 300)); continue; }
      throw problem;
    }
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text);
    let told = text;
    try { told = JSON.parse(text).error; } catch { /* plain text */ }
    throw new Refused(told || `The review answered ${answer.status}.`);
  }
}
