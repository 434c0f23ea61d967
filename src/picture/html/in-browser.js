// The picture in a browser: zoom, pan, and what a thing is. It loads nothing, and works from a file.
'use strict';
(() => {
  const svg = document.querySelector('svg.netloom');
  const details = document.getElementById('details');
  const whole = svg.viewBox.baseVal;
  const full = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  let view = { ...full };
  let pinned = null;

  function show() {
    svg.setAttribute('viewBox', `${view.x} ${view.y} ${view.width} ${view.height}`);
  }

  /** Zooms by a factor around a point of the window; without one, around the middle. */
  function zoom(factor, at) {
    const width = Math.min(full.width * 4, Math.max(full.width / 40, view.width / factor));
    const box = svg.getBoundingClientRect();
    const across = at ? (at.clientX - box.left) / box.width : 0.5;
    const down = at ? (at.clientY - box.top) / box.height : 0.5;
    const height = (view.height * width) / view.width;
    view = {
      x: view.x + (view.width - width) * across,
      y: view.y + (view.height - height) * down,
      width,
      height,
    };
    show();
  }

  function pan(x, y) {
    view = { ...view, x: view.x + x * view.width, y: view.y + y * view.height };
    show();
  }

  function fit() {
    view = { ...full };
    show();
  }

  /** Lights a thing with its cables and what is at their other ends. */
  function light(thing) {
    for (const lit of svg.querySelectorAll('.lit')) lit.classList.remove('lit');
    svg.classList.toggle('dim', thing !== null);
    if (thing === null) return;
    const id = thing.dataset.id;
    const ids = new Set([id]);
    for (const cable of svg.querySelectorAll('.cable')) {
      const ends = [cable.dataset.from, cable.dataset.to];
      if (id === undefined || !ends.includes(id)) continue;
      cable.classList.add('lit');
      for (const end of ends) ids.add(end);
    }
    thing.classList.add('lit');
    for (const other of svg.querySelectorAll('.thing')) {
      if (other.dataset.id !== undefined && ids.has(other.dataset.id)) other.classList.add('lit');
    }
  }

  /** Tells what a thing is; `null`: how to use the page. */
  function tell(thing) {
    const lines = thing === null ? [] : thing.querySelector('title').textContent.split('\n');
    details.replaceChildren(
      ...lines.map((line, i) => {
        const element = document.createElement(i === 0 ? 'h2' : 'p');
        element.textContent = line;
        return element;
      }),
    );
    details.hidden = lines.length === 0;
  }

  function look(thing) {
    light(thing);
    tell(thing);
  }

  function pin(thing) {
    if (pinned !== null) pinned.classList.remove('pinned');
    pinned = thing;
    if (pinned !== null) pinned.classList.add('pinned');
    look(pinned);
  }

  const thingAt = (event) => event.target.closest('.thing');
  svg.addEventListener('pointerover', (event) => {
    if (pinned === null && drag === null) look(thingAt(event));
  });
  svg.addEventListener('focusin', (event) => {
    if (pinned === null) look(thingAt(event));
  });
  svg.addEventListener('focusout', () => {
    if (pinned === null) look(null);
  });

  let drag = null;
  let hasMoved = false;
  svg.addEventListener('pointerdown', (event) => {
    drag = { x: event.clientX, y: event.clientY, view };
    hasMoved = false;
  });
  window.addEventListener('pointermove', (event) => {
    if (drag === null) return;
    const box = svg.getBoundingClientRect();
    const scale = Math.max(drag.view.width / box.width, drag.view.height / box.height);
    const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
    hasMoved = hasMoved || Math.abs(x) + Math.abs(y) > 4;
    view = { ...drag.view, x: drag.view.x - x * scale, y: drag.view.y - y * scale };
    show();
  });
  window.addEventListener('pointerup', () => {
    drag = null;
  });
  svg.addEventListener('click', (event) => {
    if (hasMoved) return;
    const thing = thingAt(event);
    pin(thing === pinned ? null : thing);
  });
  svg.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event);
    },
    { passive: false },
  );

  const KEYS = {
    '+': () => zoom(1.25),
    '=': () => zoom(1.25),
    '-': () => zoom(0.8),
    0: fit,
    ArrowLeft: () => pan(-0.1, 0),
    ArrowRight: () => pan(0.1, 0),
    ArrowUp: () => pan(0, -0.1),
    ArrowDown: () => pan(0, 0.1),
    Escape: () => pin(null),
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onThing = event.target.closest('.thing');
    if (onThing !== null && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      pin(onThing === pinned ? null : onThing);
      return;
    }
    const act = KEYS[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  document.getElementById('in').addEventListener('click', () => zoom(1.25));
  document.getElementById('out').addEventListener('click', () => zoom(0.8));
  document.getElementById('fit').addEventListener('click', fit);
})();
