/* What was typed and is not saved yet, kept on this device under the name of one person and page. */
const PREFIX = "copie:";
const KEPT_FOR = 30 * 24 * 3_600_000; // milliseconds

export class Copies {
  constructor(owner) {
    this.owner = owner;
    this.works = true; // false where the browser keeps nothing
  }

  name(id) {
    return `${PREFIX}${this.owner}:${id}`;
  }

  /* { values, at }, or null. */
  read(id) {
    try {
      return JSON.parse(localStorage.getItem(this.name(id)));
    } catch {
      return null;
    }
  }

  write(id, values) {
    try {
      localStorage.setItem(this.name(id), JSON.stringify({ values, at: Date.now() }));
      this.works = true;
    } catch {
      this.works = false;
    }
  }

  /* It has left for the site, which has not answered yet. */
  sent(id) {
    const copy = this.read(id);
    if (copy) localStorage.setItem(this.name(id), JSON.stringify({ ...copy, sent: true }));
  }

  forget(id) {
    try {
      localStorage.removeItem(this.name(id));
    } catch {
      this.works = false;
    }
  }

  static forgetOld() {
    forgetThose(({ at }) => Date.now() - at > KEPT_FOR);
  }

  /* Those of the pages under an address. */
  static forgetSent(address) {
    forgetThose(({ sent }, name) => sent && name.includes(`:${address}`));
  }
}

function forgetThose(which) {
  try {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      if (which(JSON.parse(localStorage.getItem(name)), name)) localStorage.removeItem(name);
    }
  } catch {
    // Nothing is kept here.
  }
}
