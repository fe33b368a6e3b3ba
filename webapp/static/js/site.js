/* Everything a page adds to plain HTML. Listeners sit on the document, so that swapped parts need no set-up. */
import "./errors.js";
import "./keys.js";
import "./kept.js";
