/** Keeps the end of a growing text in view for whoever is at the end, and never moves whoever has scrolled away from it. */
const NEAR_PIXELS = 40;

/** `content` grows in `frame`; `onChange(atEnd)` is told when the reader leaves the end or comes back to it. */
export class Follower {
  #frame;
  #onChange;
  #following = true;
  #top = 0;

  constructor(frame, content, onChange) {
    this.#frame = frame;
    this.#onChange = onChange;
    frame.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    const observer = new ResizeObserver(() => this.#following && this.#toEnd());
    observer.observe(content);
    observer.observe(frame);
  }

  /** Goes to the end and stays there. */
  follow() {
    this.#set(true);
    this.#toEnd();
  }

  #toEnd() {
    this.#frame.scrollTop = this.#frame.scrollHeight;
    this.#top = this.#frame.scrollTop;
  }

  /** Only a move up leaves the end: a text that grows moves it away, too. */
  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#frame;
    if (scrollHeight - scrollTop - clientHeight < NEAR_PIXELS) {
      this.#set(true);
    } else if (scrollTop < this.#top) {
      this.#set(false);
    }
    this.#top = scrollTop;
  }

  #set(following) {
    if (following !== this.#following) {
      this.#following = following;
      this.#onChange(following);
    }
  }
}
