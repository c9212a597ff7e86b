// What the file brings, and what follows from it.
const LIGHT = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#a8a912", "#17becf"];
const DARK = ["#58a6e8", "#ff9a3c", "#56c456", "#f0605f", "#b594dd", "#c08a7c", "#f29ad6", "#a9a9a9", "#d4d53f", "#4cd7e5"];
const MAX_STRETCH = 1.25; // how far a wrong prediction may widen the view, in sizes of the true motion

const data = JSON.parse(document.getElementById("data").textContent);
const times = data.times;
const last = times.length - 1;
const systems = data.systems.map(prepare);

function prepare(system) {
  const ownError = system.error.length > 0;
  const ownDrift = system.energyDrift.length > 0;
  const heaviest = Math.max(...system.masses);
  return {
    dimensions: system.dimensions,
    count: system.masses.length,
    sizes: system.masses.map(mass => Math.max(0.35, Math.sqrt(mass / heaviest))),
    motions: { true: system.true, predicted: system.predicted },
    error: ownError ? system.error : system.true.map((truth, i) => positionError(truth, system.predicted[i])),
    errorName: ownError ? "State error" : "Position error",
    drift: ownDrift ? system.energyDrift : data.energyDrift,
    driftName: ownDrift ? "Energy drift" : "Mean energy drift",
    view: viewOf(system),
  };
}

function norm(values) { return Math.hypot(...values); }

function positionError(truth, predicted) {
  if (predicted.includes(null)) return null;
  const size = norm(truth) + norm(predicted);
  return size === 0 ? 0 : norm(truth.map((x, i) => x - predicted[i])) / size;
}

// Centre and half widths that both canvases share. Bodies in space may turn: they get one radius.
function viewOf(system) {
  const d = system.dimensions;
  const low = Array(d).fill(Infinity), high = Array(d).fill(-Infinity);
  const extend = (frames, minimum, maximum) => frames.forEach(frame => frame.forEach((x, i) => {
    if (x === null) return;
    low[i % d] = Math.max(minimum[i % d], Math.min(low[i % d], x));
    high[i % d] = Math.min(maximum[i % d], Math.max(high[i % d], x));
  }));
  extend(system.true, Array(d).fill(-Infinity), Array(d).fill(Infinity));
  const margin = (MAX_STRETCH - 1) * Math.max(...high.map((x, i) => x - low[i]));
  extend(system.predicted, low.map(x => x - margin), high.map(x => x + margin));
  const center = low.map((x, i) => (x + high[i]) / 2);
  const half = low.map((x, i) => (high[i] - x) / 2);
  if (d === 2) {
    const least = 0.05 * Math.max(...half) || 1;
    return { center, half: half.map(x => Math.max(x, least)) };
  }
  const own = reach(system.true, center);
  const radius = Math.max(own, Math.min(reach(system.predicted, center), MAX_STRETCH * own)) || 1;
  return { center, half: [radius, radius] };
}

// The largest distance from a centre.
function reach(frames, center) {
  let largest = 0;
  for (const frame of frames) {
    for (let i = 0; i < frame.length; i += 3) {
      if (frame[i] === null || frame[i + 1] === null || frame[i + 2] === null) continue;
      largest = Math.max(largest, Math.hypot(frame[i] - center[0], frame[i + 1] - center[1], frame[i + 2] - center[2]));
    }
  }
  return largest;
}

// The last frame that is not after a time, and how far the time is on the way to the next.
function place(time) {
  let low = 0, high = last;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (times[middle] <= time) low = middle; else high = middle - 1;
  }
  const next = Math.min(low + 1, last);
  return { frame: low, part: next === low ? 0 : (time - times[low]) / (times[next] - times[low]) };
}

// Positions between two frames lie on the line between them; only the screen sees these.
function positionsAt(frames, { frame, part }) {
  if (part <= 0) return frames[frame];
  const a = frames[frame], b = frames[frame + 1];
  return a.map((x, i) => x === null || b[i] === null ? null : x + part * (b[i] - x));
}

function short(value) {
  if (value === null || value === undefined) return "diverged";
  if (value === 0) return "0";
  return value >= 0.01 && value < 1000 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
}
