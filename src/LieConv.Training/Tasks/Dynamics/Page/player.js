// What the controls do. The state is here and nowhere else; everything on the screen follows from it.
const SECONDS = 12; // how long the whole motion takes at speed 1
const PLAY = "M7 4v16l13-8z", PAUSE = "M6 4h4v16H6zM14 4h4v16h-4z";
const $ = id => document.getElementById(id);
const state = { system: 0, time: times[0], playing: false, turn: { yaw: 0.6, pitch: 0.35 } };
let drawn = false, clock = 0;

function render() {
  drawn = false;
  const system = systems[state.system], now = place(state.time), frame = now.frame;
  const options = { turn: state.turn, trails: $("trails").value, rings: $("rings").checked };
  drawScene($("true"), system, "true", now, options);
  drawScene($("predicted"), system, "predicted", now, options);
  const truth = { values: data.energyDriftTrue, color: "mark", width: 1.25, dash: [2, 3] };
  drawChart($("error-chart"), [{ values: system.error, color: "accent", width: 2, dash: [] }], state.time);
  drawChart($("drift-chart"), [truth, { values: system.drift, color: "accent", width: 2, dash: [] }], state.time);
  $("error").textContent = short(system.error[frame]);
  $("drift").textContent = short(system.drift[frame]);
  $("scrub").value = frame;
  const digits = Math.max(0, Math.min(6, 3 - Math.floor(Math.log10(times[last] - times[0]))));
  $("time").textContent = `t = ${state.time.toFixed(digits)} of ${times[last].toFixed(digits)}`;
  $("scrub").setAttribute("aria-valuetext", $("time").textContent);
  Object.assign(document.body.dataset, { frame, frames: times.length, playing: state.playing, system: state.system });
}

function redraw() {
  if (!drawn) requestAnimationFrame(render);
  drawn = true;
}

function seek(frame) {
  state.time = times[Math.min(last, Math.max(0, frame))];
  redraw();
}

function step(by) {
  pause();
  seek(place(state.time).frame + by);
}

function play() {
  if (state.playing) return;
  if (state.time >= times[last]) state.time = times[0];
  state.playing = true;
  clock = performance.now();
  requestAnimationFrame(advance);
  showPlaying();
}

function pause() {
  if (!state.playing) return;
  state.playing = false;
  showPlaying();
}

function showPlaying() {
  $("play").setAttribute("aria-label", state.playing ? "Pause" : "Play");
  $("play-icon").setAttribute("d", state.playing ? PAUSE : PLAY);
  redraw();
}

function advance(now) {
  if (!state.playing) return;
  const passed = Math.min(0.1, Math.max(0, now - clock) / 1000); // a hidden tab does not jump ahead
  clock = now;
  state.time += passed * Number($("speed").value) * (times[last] - times[0]) / SECONDS;
  if (state.time >= times[last]) {
    state.time = times[last];
    pause();
  }
  redraw();
  requestAnimationFrame(advance);
}

function choose(index) {
  state.system = index;
  $("system").value = index;
  const system = systems[index], turns = system.dimensions === 3;
  $("error-name").textContent = system.errorName;
  $("drift-name").textContent = system.driftName;
  $("hint").textContent = turns ? "drag to turn" : "larger dots have more mass";
  for (const id of ["true", "predicted"]) $(id).classList.toggle("turns", turns);
  redraw();
}

function turn(yaw, pitch) {
  state.turn.yaw += yaw;
  state.turn.pitch = Math.min(1.57, Math.max(-1.57, state.turn.pitch + pitch));
  redraw();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target;
  const own = target.closest("select, button, input[type=checkbox]"); // these use the space bar themselves
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (event.key === " " && !own) state.playing ? pause() : play();
  else if (arrows && event.shiftKey && systems[state.system].dimensions === 3) turn(0.1 * arrows[0], 0.1 * arrows[1]);
  else if (arrows && arrows[0] && !target.closest("select, input[type=range]")) step(arrows[0]);
  else return;
  event.preventDefault();
}

function dragOn(canvas, begin, move) {
  canvas.addEventListener("pointerdown", event => {
    canvas.setPointerCapture(event.pointerId);
    begin(event);
  });
  canvas.addEventListener("pointermove", event => {
    if (canvas.hasPointerCapture(event.pointerId)) move(event);
  });
}

systems.forEach((_, i) => $("system").add(new Option(`${i + 1} of ${systems.length}`, i)));
$("system-label").hidden = systems.length < 2;
$("scrub").max = last;
$("system").addEventListener("change", () => choose(Number($("system").value)));
$("play").addEventListener("click", () => state.playing ? pause() : play());
$("back").addEventListener("click", () => step(-1));
$("forward").addEventListener("click", () => step(1));
$("scrub").addEventListener("input", () => { pause(); seek(Number($("scrub").value)); });
for (const id of ["trails", "rings"]) $(id).addEventListener("change", redraw);
document.addEventListener("keydown", onKey);
for (const id of ["true", "predicted"]) {
  dragOn($(id), () => {}, event => {
    if (systems[state.system].dimensions === 3) turn(0.01 * event.movementX, 0.01 * event.movementY);
  });
}
for (const id of ["error-chart", "drift-chart"]) {
  const scrubTo = event => { pause(); state.time = times[place(chartTime($(id), event)).frame]; redraw(); };
  dragOn($(id), scrubTo, scrubTo);
}
const sizes = new ResizeObserver(redraw);
document.querySelectorAll("canvas").forEach(canvas => sizes.observe(canvas));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readTheme(); redraw(); });
window.lieconv = Object.freeze({ seek, play, pause, choose, turn, state: () => structuredClone(state) });
readTheme();
choose(0);
