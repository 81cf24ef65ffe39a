// A ruler on the spectrum: from its middle to a place, read as a spacing d = 1/|g| and a direction.
const SVG = "http://www.w3.org/2000/svg";

export class Spectrum {
  constructor(element) {
    this.element = element; this.marks = element.querySelector("svg"); this.highest = Number(element.dataset.highest); this.unit = element.dataset.unit; this.on = false;
    element.addEventListener("pointerdown", (event) => { if (this.on) { element.setPointerCapture(event.pointerId); this.dragging = true; this.show(event); } });
    element.addEventListener("pointermove", (event) => { if (this.on && this.dragging) this.show(event); });
    element.addEventListener("pointerup", () => { this.dragging = false; });
  }

  measure(on) { this.on = on; this.element.classList.toggle("drawing", on); if (!on) for (const old of this.marks.querySelectorAll(".by-hand")) old.remove(); }

  show(event) {
    // The square lies in the middle of its frame.
    const box = this.element.getBoundingClientRect(), side = Math.min(box.width, box.height);
    const x = 50 + 100 * (event.clientX - box.left - box.width / 2) / side, y = 50 + 100 * (event.clientY - box.top - box.height / 2) / side;
    const gx = (x - 50) / 50 * this.highest, gy = (y - 50) / 50 * this.highest, g = Math.hypot(gx, gy);
    if (!(g > 0)) return;
    for (const old of this.marks.querySelectorAll(".by-hand")) old.remove();
    const line = document.createElementNS(SVG, "path"), text = document.createElementNS(SVG, "text");
    line.setAttribute("class", "by-hand"); line.setAttribute("d", `M50 50L${x} ${y}M${x - 1} ${y}h2M${x} ${y - 1}v2`);
    text.setAttribute("class", "by-hand"); text.setAttribute("x", String(Math.min(x + 2, 62))); text.setAttribute("y", String(Math.max(y - 2, 5)));
    text.textContent = `d = ${(1 / g).toFixed(this.unit === "nm" ? 4 : 2)} ${this.unit}, ${((Math.atan2(-gy, gx) * 180 / Math.PI + 360) % 180).toFixed(1)}°`;
    this.element.dataset.ruler = text.textContent;
    this.marks.append(line, text);
  }
}
