// The two canvases with particles and trails.
const FADING_PART = 0.2; // how much of the motion a fading trail shows
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
let theme = {};

function readTheme() {
  theme = Object.fromEntries(["card", "ink", "soft", "line", "grid", "accent", "mark"].map(name => [name, css("--" + name)]));
  theme.colors = matchMedia("(prefers-color-scheme: dark)").matches ? DARK : LIGHT;
}

// Sizes the pixels of a canvas to the screen and returns a cleared context in CSS units.
function begin(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth, height = canvas.clientHeight;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

// From coordinates to the screen; depth grows away from the eye.
function projection(system, width, height, turn) {
  const { center, half } = system.view;
  const scale = Math.min((width / 2 - 18) / half[0], (height / 2 - 18) / half[1]);
  const [cy, sy, cp, sp] = [Math.cos(turn.yaw), Math.sin(turn.yaw), Math.cos(turn.pitch), Math.sin(turn.pitch)];
  const direction = (x, y, z) => {
    const away = x * sy + y * cy;
    return { x: x * cy - y * sy, y: z * cp - away * sp, depth: away * cp + z * sp };
  };
  const point = (positions, particle) => {
    const d = system.dimensions, at = particle * d;
    if (positions[at] === null || positions[at + 1] === null || positions[at + d - 1] === null) return null;
    const x = positions[at] - center[0], y = positions[at + 1] - center[1];
    const p = d === 2 ? { x, y, depth: 0 } : direction(x, y, positions[at + 2] - center[2]);
    return { x: width / 2 + scale * p.x, y: height / 2 - scale * p.y, depth: p.depth / half[0] };
  };
  return { scale, point, direction };
}

function drawScene(canvas, system, which, now, options) {
  const { context, width, height } = begin(canvas);
  const project = projection(system, width, height, options.turn);
  if (system.dimensions === 2) drawGrid(context, system, project.scale, width, height);
  else drawAxes(context, project, height);
  const frames = system.motions[which];
  const here = positionsAt(frames, now);
  for (let i = 0; i < system.count; i++) drawTrail(context, frames, here, i, now.frame, project, options.trails);
  const unit = 11 * Math.min(1.2, Math.max(0.75, Math.min(width, height) / 380));
  const dots = dotsOf(system, here, project, unit);
  if (which === "predicted" && options.rings)
    drawRings(context, dotsOf(system, positionsAt(system.motions.true, now), project, unit), here, project);
  dots.sort((a, b) => b.depth - a.depth);
  for (const dot of dots) drawDot(context, dot, width, height);
}

function dotsOf(system, positions, project, unit) {
  const dots = [];
  for (let i = 0; i < system.count; i++) {
    const p = project.point(positions, i);
    if (p) dots.push({ ...p, particle: i, color: colorOf(i), radius: unit * system.sizes[i] * (1 - 0.18 * p.depth) });
  }
  return dots;
}

function colorOf(particle) { return theme.colors[particle % theme.colors.length]; }

function drawTrail(context, frames, here, particle, frame, project, kind) {
  context.strokeStyle = colorOf(particle);
  context.lineJoin = "round";
  context.lineWidth = 1;
  context.globalAlpha = 0.22;
  trace(context, frames, particle, 0, last, project); // where everything goes, faintly
  if (kind !== "none") {
    const length = Math.max(8, Math.round(FADING_PART * last));
    const first = Math.max(0, frame - length);
    context.lineWidth = 2;
    if (kind === "whole") {
      context.globalAlpha = 0.6;
      trace(context, frames, particle, 0, first, project);
    }
    const least = kind === "whole" ? 0.6 : 0;
    for (let i = first; i < frame; i++) {
      context.globalAlpha = least + (0.9 - least) * (i + 1 - first) / (frame - first);
      trace(context, frames, particle, i, i + 1, project);
    }
    context.globalAlpha = 0.9;
    line(context, project.point(frames[frame], particle), project.point(here, particle));
  }
  context.globalAlpha = 1;
}

function trace(context, frames, particle, first, end, project) {
  context.beginPath();
  let pen = false;
  for (let i = first; i <= end; i++) {
    const p = project.point(frames[i], particle);
    if (p && pen) context.lineTo(p.x, p.y); else if (p) context.moveTo(p.x, p.y);
    pen = p !== null;
  }
  context.stroke();
}

function line(context, a, b) {
  if (!a || !b) return;
  context.beginPath();
  context.moveTo(a.x, a.y);
  context.lineTo(b.x, b.y);
  context.stroke();
}

function drawRings(context, truths, here, project) {
  for (const truth of truths) {
    context.strokeStyle = theme.mark;
    context.lineWidth = 1;
    line(context, truth, project.point(here, truth.particle));
    context.strokeStyle = truth.color;
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(truth.x, truth.y, truth.radius + 3.5, 0, 2 * Math.PI);
    context.stroke();
  }
}

// A particle outside the view points to where it went.
function drawDot(context, dot, width, height) {
  context.fillStyle = dot.color;
  context.strokeStyle = theme.card;
  context.lineWidth = 1.5;
  context.beginPath();
  if (dot.x >= 0 && dot.x <= width && dot.y >= 0 && dot.y <= height) {
    context.arc(dot.x, dot.y, dot.radius, 0, 2 * Math.PI);
  } else {
    const angle = Math.atan2(dot.y - height / 2, dot.x - width / 2);
    const x = Math.min(width - 12, Math.max(12, dot.x)), y = Math.min(height - 12, Math.max(12, dot.y));
    [0, 2.5, -2.5].forEach((offset, i) =>
      context[i ? "lineTo" : "moveTo"](x + 9 * Math.cos(angle + offset), y + 9 * Math.sin(angle + offset)));
    context.closePath();
  }
  context.fill();
  context.stroke();
}

function drawGrid(context, system, scale, width, height) {
  const target = 60 / scale, power = 10 ** Math.floor(Math.log10(target));
  const step = power * [1, 2, 5, 10].find(factor => factor * power >= target);
  const [cx, cy] = system.view.center;
  context.strokeStyle = theme.grid;
  context.lineWidth = 1;
  context.beginPath();
  for (let i = Math.ceil((cx - width / 2 / scale) / step); i * step <= cx + width / 2 / scale; i++) {
    const x = Math.round(width / 2 + (i * step - cx) * scale) + 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, height);
  }
  for (let i = Math.ceil((cy - height / 2 / scale) / step); i * step <= cy + height / 2 / scale; i++) {
    const y = Math.round(height / 2 - (i * step - cy) * scale) + 0.5;
    context.moveTo(0, y);
    context.lineTo(width, y);
  }
  context.stroke();
  context.fillStyle = theme.soft;
  context.font = "12px system-ui, 'DejaVu Sans', sans-serif";
  context.textAlign = "left";
  context.fillText("grid " + Number(step.toPrecision(1)), 8, height - 8);
}

function drawAxes(context, project, height) {
  context.font = "12px system-ui, 'DejaVu Sans', sans-serif";
  context.textAlign = "center";
  context.strokeStyle = context.fillStyle = theme.soft;
  context.lineWidth = 1.25;
  [["x", 1, 0, 0], ["y", 0, 1, 0], ["z", 0, 0, 1]].forEach(([name, ...axis]) => {
    const p = project.direction(...axis);
    const [x, y] = [42, height - 42];
    line(context, { x, y }, { x: x + 22 * p.x, y: y - 22 * p.y });
    context.fillText(name, x + 31 * p.x, y - 31 * p.y + 4);
  });
}
