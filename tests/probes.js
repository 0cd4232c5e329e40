// What a test asks of a page that is drawn. Each answer is a list of what is wrong, in words, or says
// what has the focus; none of them changes the page.
window.probes = (() => {
  const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })

  const name = element => {
    const words = (element.textContent.trim() || element.getAttribute("aria-label") || element.name || "")
    return `<${element.localName}${element.className?.trim?.() ? "." + element.className.trim() : ""}> `
      + words.replace(/\s+/g, " ").slice(0, 50)
  }
  const isShown = element => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
  const around = function* (element) {
    for (let one = element; one; one = one.parentElement) yield one
  }

  // --- Colours: any CSS colour as four bytes, and the ratio of WCAG -----------------------------

  const bytes = colour => {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data]
  }
  const luminance = ([red, green, blue]) => {
    const linear = [red, green, blue].map(byte => byte / 255)
      .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }
  const ratio = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
    return (light + 0.05) / (dark + 0.05)
  }
  const behind = element => {
    for (const one of around(element)) {
      const colour = bytes(getComputedStyle(one).backgroundColor)
      if (colour[3] > 250) return colour
    }
    return bytes(getComputedStyle(document.documentElement).colorScheme.includes("dark")
      && matchMedia("(prefers-color-scheme: dark)").matches ? "#121212" : "#fff")
  }

  // --- Texts: each line that is drawn, with the element that it belongs to ----------------------

  const isOnlyForTheEar = element => {
    for (const one of around(element)) {
      if (getComputedStyle(one).clipPath === "inset(50%)") return true
    }
    return false
  }
  const lines = () => {
    const found = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const range = new Range()
    while (walker.nextNode()) {
      const text = walker.currentNode
      const element = text.parentElement
      if (!text.data.trim() || !isShown(element) || isOnlyForTheEar(element)) continue
      range.selectNodeContents(text)
      for (const box of range.getClientRects()) {
        if (box.width > 1 && box.height > 1) found.push({ element, box, words: text.data.trim().slice(0, 40) })
      }
    }
    return found
  }

  /** Texts that a box cuts, or that no scrolling of the page down brings into sight. */
  const cut = () => {
    const wrong = new Set()
    const width = document.documentElement.clientWidth
    for (const { element, box, words } of lines()) {
      if (element.closest(".skip-link")) continue
      let [inward, down] = [true, true] // what may still be cut: along a line, across lines
      for (const one of around(element)) {
        const style = getComputedStyle(one)
        const frame = one.getBoundingClientRect()
        if (["auto", "scroll"].includes(style.overflowX)) inward = false
        if (["auto", "scroll"].includes(style.overflowY)) down = false
        const hides = side => ["hidden", "clip"].includes(side)
        if (inward && hides(style.overflowX) && (box.left < frame.left - 1 || box.right > frame.right + 1)) {
          wrong.add(`« ${words} » is cut by ${name(one)}`)
        }
        if (down && hides(style.overflowY) && (box.top < frame.top - 1 || box.bottom > frame.bottom + 1)) {
          wrong.add(`« ${words} » is cut by ${name(one)}`)
        }
      }
      if (inward && (box.left < -1 || box.right > width + 1)) wrong.add(`« ${words} » leaves the page`)
    }
    for (const control of document.querySelectorAll("select, button, input:not([type=hidden])")) {
      if (isShown(control) && control.scrollHeight > control.clientHeight + 2 && control.clientHeight) {
        wrong.add(`what ${name(control)} holds is taller than it`)
      }
    }
    const over = document.documentElement.scrollWidth - width
    return over > 0 ? [`the page is ${over} pixels too wide`, ...wrong] : [...wrong]
  }

  /** Lines of different elements drawn on top of each other. */
  const overlaid = () => {
    const wrong = new Set()
    const drawn = lines().filter(({ element }) => !element.closest(".skip-link"))
      .sort((one, other) => one.box.top - other.box.top)
    drawn.forEach((one, rank) => {
      for (const other of drawn.slice(rank + 1)) {
        if (other.box.top > one.box.bottom - 4) break
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
        const down = Math.min(one.box.bottom, other.box.bottom) - other.box.top
        const apart = !one.element.contains(other.element) && !other.element.contains(one.element)
        // Fonts are taller than their lines: those of two lines in a row meet by a third at most.
        if (apart && across > 2 && down > 0.4 * Math.min(one.box.height, other.box.height)) {
          wrong.add(`« ${one.words} » and « ${other.words} »`)
        }
      }
    })
    return [...wrong]
  }

  /** The lines of those elements, where they are on the whole page, and the colour they take. */
  const inks = selectors => selectors.map(selector => {
    const element = document.querySelector(selector)
    const style = getComputedStyle(element)
    const size = parseFloat(style.fontSize)
    return {
      ink: bytes(element instanceof SVGElement ? style.fill : style.color),
      isLarge: size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700),
      boxes: lines().filter(line => line.element === element).map(({ box }) => ({
        left: box.left + scrollX, top: box.top + scrollY, right: box.right + scrollX, bottom: box.bottom + scrollY,
      })),
    }
  })

  // --- Targets ----------------------------------------------------------------------------------

  const union = boxes => {
    const left = Math.min(...boxes.map(box => box.left))
    const top = Math.min(...boxes.map(box => box.top))
    const right = Math.max(...boxes.map(box => box.right))
    const bottom = Math.max(...boxes.map(box => box.bottom))
    return new DOMRect(left, top, right - left, bottom - top)
  }
  const drawnAs = element => ["checkbox", "radio"].includes(element.type)
    ? [element, ...element.labels] : [element]
  const isInASentence = element => {
    const around = element.closest("p, li, dd, td, th, dt, figcaption, caption, label")
    return getComputedStyle(element).display === "inline" && around !== null
      && around.textContent.trim().length > element.textContent.trim().length + 3
  }

  /** Controls of less than 24 × 24 pixels, unless they are words of a sentence, or an extra for the
      mouse of what others do on the page, hidden from the rest. */
  const small = () => [...document.querySelectorAll(FOCUSABLE)]
    .filter(element => isShown(element) && !element.disabled && !isInASentence(element))
    .filter(element => !element.closest("[aria-hidden=true]"))
    .map(element => [element, union(drawnAs(element).map(one => one.getBoundingClientRect()))])
    .filter(([, box]) => box.width > 0 && (Math.round(box.width) < 24 || Math.round(box.height) < 24))
    .map(([element, box]) => `${name(element)}: ${Math.round(box.width)} × ${Math.round(box.height)}`)

  // --- Motion, forced colours -------------------------------------------------------------------

  /** What moves for longer than a hundredth of a second. */
  const moving = () => {
    const wrong = new Set()
    const longest = list => Math.max(...list.split(",").map(parseFloat))
    for (const element of document.querySelectorAll("*")) {
      for (const part of [undefined, "::before", "::after"]) {
        const style = getComputedStyle(element, part)
        if (longest(style.transitionDuration) > 0.01) wrong.add(`${name(element)}${part ?? ""}: transition`)
        if (style.animationName !== "none" && longest(style.animationDuration) > 0.01) {
          wrong.add(`${name(element)}${part ?? ""}: animation`)
        }
        if (style.scrollBehavior !== "auto") wrong.add(`${name(element)}: scrolls smoothly`)
      }
    }
    return [...wrong]
  }

  /** Controls that only a background drew, once the reader's system has taken the colours over. */
  const faded = () => {
    const edge = style => ["Top", "Right", "Bottom", "Left"].some(side =>
      style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) >= 1
      && ratio(bytes(style[`border${side}Color`]), bytes("Canvas")) >= 3)
    const wrong = [...document.querySelectorAll(".button, button, input:not([type=hidden]), select, textarea")]
      .filter(element => isShown(element) && !edge(getComputedStyle(element)))
      .filter(element => !["checkbox", "radio", "file", "range"].includes(element.type)
        || getComputedStyle(element).appearance === "none")
      .map(element => `${name(element)} has no edge`)
    const look = element => {
      const style = getComputedStyle(element)
      return [style.textDecorationLine, style.fontWeight, edge(style), style.outlineStyle].join()
    }
    for (const here of document.querySelectorAll("a[aria-current]")) {
      const others = [...here.closest("nav, ol, ul").querySelectorAll("a:not([aria-current])")]
      if (others.some(other => look(other) === look(here))) wrong.push(`${name(here)} looks like the others`)
    }
    return wrong
  }

  // --- Focus ------------------------------------------------------------------------------------

  const hasRing = element => {
    const style = getComputedStyle(element)
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return false
    const ground = parseFloat(style.outlineOffset) < 0 ? element : element.parentElement ?? element
    return ratio(bytes(style.outlineColor), behind(ground)) >= 3
  }
  const isInSight = (element, box) => {
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)]
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)]
    if (right - left < 1 || bottom - top < 1) return false
    const places = [0.1, 0.5, 0.9].flatMap(x => [0.1, 0.5, 0.9].map(y => [x, y]))
    const seen = places.filter(([x, y]) => {
      const hit = document.elementFromPoint(left + x * (right - left), top + y * (bottom - top))
      return hit && (hit.contains(element) || drawnAs(element).some(one => one.contains(hit)))
    })
    return seen.length > places.length / 2
  }

  /** What has the focus: its name, and what is wrong with how it is shown; null for nothing. */
  const focus = () => {
    const element = document.activeElement
    if (!element || element === document.body) return null
    const drawn = drawnAs(element)
    const box = union(drawn.map(one => one.getBoundingClientRect()))
    const wrong = []
    // The whole of which the element is the one link, a card, may show it in its place.
    if (![...drawn, ...around(element)].some(hasRing)) wrong.push("shows no ring")
    if (!isInSight(element, box)) wrong.push("is hidden")
    return { name: name(element), wrong: wrong.map(what => `${name(element)} ${what}`) }
  }

  // Chromium stops at the day, the month, the year and the calendar.
  const PARTS = { date: 4 }

  /** How many stops a keyboard makes: what takes the focus, each group of radios once. */
  const stops = () => {
    const groups = new Set()
    return [...document.querySelectorAll(FOCUSABLE)].filter(element => {
      if (!isShown(element) || element.disabled || element.tabIndex < 0) return false
      if (element.type !== "radio") return true
      const group = `${element.form?.id} ${element.name}`
      return !groups.has(group) && groups.add(group)
    }).flatMap(element => Array(PARTS[element.type] ?? 1).fill(name(element)))
  }

  return { cut, overlaid, inks, small, moving, faded, focus, stops }
})()
