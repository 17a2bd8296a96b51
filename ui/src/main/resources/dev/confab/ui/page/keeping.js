/** What becomes of a conversation beside what is shown: the server keeps its turns, the browser what is not sent yet. */
import { errorText } from "./message.js";
import { notify } from "./notice.js";

/** A conversation that is temporary is not saved. */
export class Keeping {
  #store;
  #memory;
  #changed;

  /** `changed(id)` is told when the list of conversations has to change. */
  constructor(store, memory, changed) {
    this.#store = store;
    this.#memory = memory;
    this.#changed = changed;
  }

  /** A conversation that the server does not have yet; null if it has. */
  unsent(id) {
    return this.#memory.get(`unsent:${id}`);
  }

  /** What was written and not sent. */
  draft({ id, messages, temporary }, written) {
    if (!temporary) {
      this.#memory.put(`draft:${messages.length > 0 ? id : ""}`, written || null);
    }
  }

  /** A turn has begun, which the server keeps from now on. */
  began(conversation) {
    conversation.messages.forEach((message) => delete message.unsent);
    if (!conversation.temporary) {
      this.forget(conversation.id);
      this.#tell(conversation.id);
    }
  }

  /** A turn has ended, perhaps before the server knew of it. */
  ended(conversation) {
    if (conversation.temporary) {
      return;
    }
    if (conversation.messages.some(({ unsent }) => unsent)) {
      this.#memory.put(`unsent:${conversation.id}`, conversation);
    }
    this.#tell(conversation.id);
  }

  #tell(id) {
    this.#store.changed(id);
    this.#changed(id);
  }

  /** A message and what follows it were taken away; `known` says whether the server had them. */
  removed(conversation, message, known) {
    if (conversation.temporary) {
      return;
    }
    if (known) {
      this.#quietly(this.#store.remove(conversation.id, message.id));
    } else {
      this.#memory.put(`unsent:${conversation.id}`, conversation.messages.length > 0 ? conversation : null);
    }
  }

  /** Another branch is shown. */
  chose(conversation, message) {
    if (!conversation.temporary) {
      this.#quietly(this.#store.choose(conversation.id, message.id));
    }
  }

  /** The browser need not keep it any more. */
  forget(id) {
    this.#memory.put(`unsent:${id}`, null);
  }

  /** What the page shows is right already; that it is not kept is worth no more than a word. */
  #quietly(promise) {
    promise.catch((error) => notify(errorText(error)));
  }
}
