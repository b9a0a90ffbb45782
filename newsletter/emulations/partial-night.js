// A mail program that makes its own night of a letter by turning light grounds and dark words round, each where it
// stands, and leaves lines and pictures alone (Outlook.com, Gmail on Android): in CIE L*a*b*, lightness L becomes
// 100 - L on a ground of its own, a and b stay. What was changed is marked as Outlook.com marks it, so that our own
// night may answer; {unmarked: true} is a program that marks nothing.

export function turnPartly(page, {unmarked} = {}) {
  const GROUND = 12;  // lightness of the night
  const parts = colour => (colour.match(/[\d.]+/g) || []).map(Number);
  const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const gamma = v => v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055;
  const root = t => t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
  const cube = t => t ** 3 > 0.008856 ? t ** 3 : (t - 16 / 116) / 7.787;
  const toLab = rgb => {
    const [r, g, b] = rgb.slice(0, 3).map(v => linear(v / 255));
    const x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505), y = root(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
  };
  const toRgb = ([l, a, b]) => {
    const y = (l + 16) / 116, x = 0.9505 * cube(y + a / 500), z = 1.089 * cube(y - b / 200), v = cube(y);
    const all = [3.2406 * x - 1.5372 * v - 0.4986 * z, -0.9689 * x + 1.8758 * v + 0.0415 * z, 0.0557 * x - 0.204 * v + 1.057 * z];
    return `rgb(${all.map(one => Math.round(Math.min(1, Math.max(0, gamma(Math.max(0, one)))) * 255)).join(' ')})`;
  };
  const turned = rgb => { const [l, a, b] = toLab(rgb); return toRgb([(100 - l) * (100 - GROUND) / 100 + GROUND, a, b]); };
  const seen = [...page.body.querySelectorAll('*'), page.body].map(element => {
    const style = page.defaultView.getComputedStyle(element);
    return [element, parts(style.backgroundColor), parts(style.color)];
  });
  for (const [element, ground, words] of seen) {
    const clear = ground.length > 3 && ground[3] === 0;
    if (!clear && toLab(ground)[0] > 50) { element.style.backgroundColor = turned(ground); if (!unmarked) element.dataset.ogsb = ''; }
    if (toLab(words)[0] < 50) { element.style.color = turned(words); if (!unmarked) element.dataset.ogsc = ''; }
  }
  page.documentElement.style.backgroundColor = turned([255, 255, 255]);
}
