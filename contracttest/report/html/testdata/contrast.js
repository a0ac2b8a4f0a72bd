// Every text of the page whose contrast to what is behind it is less than 4.5 to 1.
(() => {
  const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
  const back = (e) => {
    for (; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (parts(colour)[3] !== 0) return parts(colour);
    }
    return [255, 255, 255];
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const bad = new Set();
  document.querySelectorAll("body *:not(script)").forEach((e) => {
    if (!Array.from(e.childNodes).some((n) => n.nodeType === 3 && n.data.trim() !== "")) return;
    const a = light(parts(getComputedStyle(e).color).slice(0, 3)), b = light(back(e).slice(0, 3));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.add(e.tagName + "." + e.className + " " + ratio.toFixed(2));
  });
  return Array.from(bad);
})()
