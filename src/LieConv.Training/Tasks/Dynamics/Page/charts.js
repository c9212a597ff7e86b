// The strips with error and energy drift, logarithmic, and the cursor of the current time.
const LEFT = 44, RIGHT = 10, TOP = 6, BOTTOM = 8;
const FLOOR = 1e-17;

function drawChart(canvas, curves, time) {
  const { context, width, height } = begin(canvas);
  const range = decades(curves.flatMap(curve => curve.values));
  const x = t => LEFT + (width - LEFT - RIGHT) * (t - times[0]) / (times[last] - times[0]);
  const y = value => height - BOTTOM - (height - TOP - BOTTOM) * (Math.log10(Math.max(value, FLOOR)) - range.low) / (range.high - range.low);
  drawDecades(context, range, width, height, y);
  if (data.trainedUntil.length && data.trainedUntil[0] < times[last]) {
    context.strokeStyle = theme.mark;
    context.setLineDash([3, 3]);
    line(context, { x: x(data.trainedUntil[0]), y: TOP }, { x: x(data.trainedUntil[0]), y: height - BOTTOM });
  }
  for (const curve of curves) {
    context.strokeStyle = theme[curve.color];
    context.lineWidth = curve.width;
    context.setLineDash(curve.dash);
    drawCurve(context, curve.values, x, value => Math.min(height - 1, y(value)));
  }
  context.setLineDash([]);
  context.strokeStyle = theme.ink;
  context.lineWidth = 1;
  line(context, { x: x(time), y: 0 }, { x: x(time), y: height });
}

function drawCurve(context, values, x, y) {
  const least = values.some(value => value > FLOOR) ? FLOOR : -1; // no error at the start is no spike
  let pen = false;
  context.beginPath();
  values.forEach((value, i) => {
    const shown = value !== null && value > least;
    if (shown) context[pen ? "lineTo" : "moveTo"](x(times[i]), y(value));
    pen = shown;
  });
  context.stroke();
}

// Whole decades around the values; the start, which has no error, does not count.
function decades(values) {
  const logs = values.filter(value => value !== null && value > FLOOR).map(Math.log10);
  if (logs.length === 0) return { low: -1, high: 0 };
  const low = Math.floor(logs.reduce((a, b) => Math.min(a, b)));
  return { low, high: Math.max(low + 1, Math.ceil(logs.reduce((a, b) => Math.max(a, b)))) };
}

function drawDecades(context, { low, high }, width, height, y) {
  const step = Math.ceil((high - low) / Math.max(1, Math.floor(height / 24)));
  context.font = "11px system-ui, 'DejaVu Sans', sans-serif";
  context.textAlign = "right";
  context.fillStyle = theme.soft;
  context.strokeStyle = theme.grid;
  context.lineWidth = 1;
  context.setLineDash([]);
  for (let decade = low; decade <= high; decade += step) {
    const at = Math.round(y(10 ** decade)) + 0.5;
    line(context, { x: LEFT, y: at }, { x: width - RIGHT, y: at });
    context.fillText(decade === 0 ? "1" : "1e" + decade, LEFT - 6, at + 4);
  }
}

function chartTime(canvas, event) {
  const part = (event.offsetX - LEFT) / (canvas.clientWidth - LEFT - RIGHT);
  return times[0] + Math.min(1, Math.max(0, part)) * (times[last] - times[0]);
}
