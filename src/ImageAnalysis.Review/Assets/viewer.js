// Shows an image by its tiles: zoom, pan, contrast, gamma, outlines, a ruler, and drawing of lines and boxes. Places are in pixels of the image, (0, 0) the centre of the first.
const TILE = 256, KEPT = 220;
const colours = { counted: "#56b4e9", flagged: "#f0e442", accepted: "#009e73", made: "#e69f00", "left-out": "#d55e00", border: "#cc79a7", deleted: "#999999", replaced: "#999999", decided: "#009e73", open: "#56b4e9",
  superstructure: "#e69f00", regular: "#56b4e9", undetermined: "#f0e442", "no-fringe": "#cc79a7", excluded: "#999999" };
const dashes = { "left-out": [3, 4], border: [8, 5], deleted: [2, 5], replaced: [2, 5], undetermined: [9, 6], "no-fringe": [3, 5] };

export class Viewer {
  constructor(canvas, { drawn, chosen }) {
    this.canvas = canvas; this.context = canvas.getContext("2d"); this.drawn = drawn; this.chosen = chosen;
    const data = canvas.dataset;
    this.width = Number(data.width); this.height = Number(data.height); this.levels = Number(data.levels);
    this.source = `/tile/${data.image}`; this.version = data.version; this.nm = data.nm ? Number(data.nm) : null; this.nmY = data.nmY ? Number(data.nmY) : this.nm;
    this.items = data.items ? JSON.parse(document.getElementById(data.items).textContent) : [];
    this.chosenId = data.chosen ?? null; this.box = data.box?.split(" ").map(Number) ?? null; this.marked = [];
    this.home = data.view?.split(" ").map(Number) ?? [-0.5, -0.5, this.width, this.height];
    this.tiles = new Map(); this.contrast = 1; this.gamma = 1; this.shown = true; this.shape = null; this.line = null; this.drag = null;
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(canvas);
    if (!canvas.classList.contains("small")) {
      canvas.addEventListener("wheel", (event) => { event.preventDefault(); this.zoom(Math.exp(-event.deltaY * 0.0015), this.place(event)); }, { passive: false });
      canvas.addEventListener("pointerdown", (event) => this.down(event));
      canvas.addEventListener("pointermove", (event) => this.move(event));
      canvas.addEventListener("pointerup", (event) => this.up(event));
      canvas.addEventListener("pointercancel", () => { this.drag = null; });
    }
    this.resize();
  }

  close() { this.observer.disconnect(); this.tiles.clear(); this.closed = true; }

  resize() {
    const ratio = window.devicePixelRatio || 1, { clientWidth, clientHeight } = this.canvas;
    if (!clientWidth || !clientHeight) return;
    const first = this.scale === undefined;
    this.canvas.width = Math.round(clientWidth * ratio); this.canvas.height = Math.round(clientHeight * ratio); this.ratio = ratio;
    if (first) this.fit(); else this.later();
  }

  fit() {
    const [x, y, width, height] = this.home;
    this.scale = Math.min(this.canvas.width / width, this.canvas.height / height);
    this.x = x + width / 2; this.y = y + height / 2;
    this.later();
  }

  // From screen to image, and back.
  place(event) { const box = this.canvas.getBoundingClientRect(); return [this.x + ((event.clientX - box.left) * this.ratio - this.canvas.width / 2) / this.scale, this.y + ((event.clientY - box.top) * this.ratio - this.canvas.height / 2) / this.scale]; }
  at(x, y) { return [(x - this.x) * this.scale + this.canvas.width / 2, (y - this.y) * this.scale + this.canvas.height / 2]; }

  zoom(factor, [x, y] = [this.x, this.y]) {
    const before = this.scale;
    this.scale = Math.min(64, Math.max(0.02, this.scale * factor));
    const kept = before / this.scale;
    this.x = x + (this.x - x) * kept; this.y = y + (this.y - y) * kept;
    this.later();
  }
  zoomBy(key) { if (key === "0") this.fit(); else this.zoom(key === "-" ? 1 / 1.3 : 1.3); }
  look(contrast, gamma) {
    this.contrast = contrast; this.gamma = gamma;
    this.table = new Uint8ClampedArray(256).map((_, level) => 255 * Math.pow(Math.min(1, Math.max(0, 0.5 + (level / 255 - 0.5) * contrast)), 1 / gamma));
    for (const tile of this.tiles.values()) tile.looked = null;
    this.later();
  }
  overlays(on) { this.shown = on; this.later(); }
  mark(ids) { this.marked = ids; this.later(); }
  draw(shape) { this.shape = shape; this.line = null; this.canvas.classList.toggle("drawing", shape !== null); this.later(); }
  later() { if (!this.waiting && !this.closed) { this.waiting = true; requestAnimationFrame(() => { this.waiting = false; if (!this.closed) this.paint(); }); } }

  tile(level, column, row) {
    const key = `${level}/${column}/${row}`;
    let tile = this.tiles.get(key);
    if (!tile) {
      tile = { image: new Image(), ready: false, looked: null };
      tile.image.onload = () => { tile.ready = true; this.later(); };
      tile.image.src = `${this.source}/${key}?v=${this.version}`;
      this.tiles.set(key, tile);
      if (this.tiles.size > KEPT) this.tiles.delete(this.tiles.keys().next().value);
    }
    return tile;
  }

  // A tile with contrast and gamma put on.
  looked(tile) {
    if (!this.table || (this.contrast === 1 && this.gamma === 1)) return tile.image;
    if (!tile.looked) {
      const copy = document.createElement("canvas");
      copy.width = tile.image.width; copy.height = tile.image.height;
      const context = copy.getContext("2d", { willReadFrequently: true });
      context.drawImage(tile.image, 0, 0);
      const pixels = context.getImageData(0, 0, copy.width, copy.height), data = pixels.data, table = this.table;
      for (let i = 0; i < data.length; i += 4) data[i] = data[i + 1] = data[i + 2] = table[data[i]];
      context.putImageData(pixels, 0, 0);
      tile.looked = copy;
    }
    return tile.looked;
  }

  paint() {
    const { context, canvas } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = "#000"; context.fillRect(0, 0, canvas.width, canvas.height);
    const level = Math.min(this.levels - 1, Math.max(0, Math.floor(Math.log2(1 / this.scale) + 0.25)));
    this.layer(this.levels - 1); if (level < this.levels - 1) this.layer(level);
    if (this.shown) this.outlines();
    if (this.box) { context.strokeStyle = "#ff5fd2"; context.lineWidth = 2 * this.ratio; const [x, y] = this.at(this.box[0] - 0.5, this.box[1] - 0.5); context.strokeRect(x, y, Math.max(6, this.box[2] * this.scale), Math.max(6, this.box[3] * this.scale)); }
    if (!this.canvas.classList.contains("small")) this.bar();
    if (this.line) this.drawnLine();
    const zoom = canvas.closest("figure")?.querySelector(".zoom");
    if (zoom) zoom.textContent = `${Math.round(100 * this.scale / this.ratio)} %`;
  }

  layer(level) {
    const { context, canvas } = this, size = TILE * 2 ** level, shrink = 2 ** level;
    context.imageSmoothingEnabled = this.scale * shrink < 3;
    const left = this.x - canvas.width / 2 / this.scale + 0.5, top = this.y - canvas.height / 2 / this.scale + 0.5;
    const last = [Math.floor((this.width - 1) / size), Math.floor((this.height - 1) / size)];
    for (let row = Math.max(0, Math.floor(top / size)); row <= Math.min(last[1], Math.floor((top + canvas.height / this.scale) / size)); row++) {
      for (let column = Math.max(0, Math.floor(left / size)); column <= Math.min(last[0], Math.floor((left + canvas.width / this.scale) / size)); column++) {
        const tile = this.tile(level, column, row);
        if (!tile.ready) continue;
        const [x, y] = this.at(column * size - 0.5, row * size - 0.5);
        context.drawImage(this.looked(tile), x, y, tile.image.width * shrink * this.scale, tile.image.height * shrink * this.scale);
      }
    }
  }

  outlines() {
    const { context, ratio } = this;
    for (const item of this.items) {
      const isChosen = item.id === this.chosenId || this.marked.includes(item.id);
      context.beginPath();
      for (let i = 0; i < item.outline.length; i += 2) { const [x, y] = this.at(item.outline[i], item.outline[i + 1]); if (i === 0) context.moveTo(x, y); else context.lineTo(x, y); }
      context.closePath();
      context.setLineDash((dashes[item.state] ?? []).map((length) => length * ratio));
      context.strokeStyle = "rgb(0 0 0 / 60%)"; context.lineWidth = (isChosen ? 6 : 3) * ratio; context.stroke();
      context.strokeStyle = isChosen && this.items.length > 1 ? "#ff5fd2" : colours[item.state] ?? "#ffffff"; context.lineWidth = (isChosen ? 3 : 1.6) * ratio; context.stroke();
    }
    context.setLineDash([]);
  }

  text(text, x, y, colour = "#fff") {
    const { context, ratio } = this;
    context.font = `${13 * ratio}px system-ui, "DejaVu Sans", sans-serif`;
    context.lineWidth = 4 * ratio; context.strokeStyle = "#000"; context.strokeText(text, x, y);
    context.fillStyle = colour; context.fillText(text, x, y);
  }

  // A scale bar of a round length, of about a quarter of the width.
  bar() {
    const { context, canvas, ratio } = this, unit = this.nm ?? 1, wanted = canvas.width / 4 / this.scale * unit, power = 10 ** Math.floor(Math.log10(wanted));
    const length = power * (wanted / power >= 5 ? 5 : wanted / power >= 2 ? 2 : 1), width = length / unit * this.scale, y = canvas.height - 14 * ratio;
    context.fillStyle = "#000"; context.fillRect(9 * ratio, y - ratio, width + 2 * ratio, 6 * ratio);
    context.fillStyle = "#fff"; context.fillRect(10 * ratio, y, width, 4 * ratio);
    this.text(`${Number(length.toPrecision(1))} ${this.nm ? "nm" : "px"}`, 10 * ratio, y - 5 * ratio);
  }

  down(event) {
    this.canvas.focus({ preventScroll: true });
    this.canvas.setPointerCapture(event.pointerId);
    const start = this.place(event);
    this.drag = { start, x: this.x, y: this.y, clientX: event.clientX, clientY: event.clientY, moved: false };
    if (this.shape && this.shape !== "pick") this.line = [...start, ...start];
  }
  move(event) {
    if (!this.drag) return;
    this.drag.moved ||= Math.hypot(event.clientX - this.drag.clientX, event.clientY - this.drag.clientY) > 3;
    if (this.line && this.shape && this.shape !== "pick") { const end = this.place(event); this.line = [...this.drag.start, ...end]; }
    else { this.x = this.drag.x - (event.clientX - this.drag.clientX) * this.ratio / this.scale; this.y = this.drag.y - (event.clientY - this.drag.clientY) * this.ratio / this.scale; }
    this.later();
  }
  up(event) {
    const { drag } = this;
    this.drag = null;
    if (!drag) return;
    if (drag.moved && this.line && this.shape && this.shape !== "pick") { this.drawn?.(this.line); return; }
    if (!drag.moved) { const found = this.hit(...this.place(event)); if (found) this.chosen?.(found.id); }
  }

  // The smallest particle about a place.
  hit(x, y) {
    let best = null, least = Infinity;
    for (const item of this.items) {
      let inside = false, area = 0;
      const o = item.outline;
      for (let i = 0, j = o.length - 2; i < o.length; j = i, i += 2) {
        if ((o[i + 1] > y) !== (o[j + 1] > y) && x < o[j] + (o[i] - o[j]) * (y - o[j + 1]) / (o[i + 1] - o[j + 1])) inside = !inside;
        area += o[j] * o[i + 1] - o[i] * o[j + 1];
      }
      if (inside && Math.abs(area) < least) { best = item; least = Math.abs(area); }
    }
    return best;
  }

  drawnLine() {
    const { context, ratio } = this, [x0, y0, x1, y1] = this.line, [a, b] = this.at(x0, y0), [c, d] = this.at(x1, y1);
    context.strokeStyle = "#ff5fd2"; context.lineWidth = 2 * ratio;
    context.beginPath();
    if (this.shape === "box") context.rect(a, b, c - a, d - b); else { context.moveTo(a, b); context.lineTo(c, d); }
    context.stroke();
    if (this.shape === "ruler") {
      const dx = (x1 - x0) * (this.nm ?? 1), dy = (y1 - y0) * (this.nmY ?? 1), length = Math.hypot(dx, dy);
      const text = `${this.nm ? `${length.toFixed(3)} nm` : `${length.toFixed(1)} px`}, ${((Math.atan2(-dy, dx) * 180 / Math.PI + 360) % 180).toFixed(1)}°`;
      this.canvas.dataset.ruler = text;
      this.text(text, Math.min(c + 8 * ratio, this.canvas.width - 150 * ratio), Math.max(d - 8 * ratio, 16 * ratio), "#ff5fd2");
    }
  }
}
