// Where GraphiQL keeps tabs, history and preferences, without the request headers.
//
// `shouldPersistHeaders: false` is not enough: the history plugin stores the headers of every
// operation that was run. So nothing reaches localStorage before its headers are taken out.

const withoutHeaders = (key, value) => (key === "headers" ? null : value);

// A value that is not JSON throws here, and GraphiQL then stores nothing.
const cleaned = (value) => JSON.stringify(JSON.parse(value, withoutHeaders));

// The keys under which GraphiQL keeps JSON that can hold headers. Others are plain texts that the
// caller typed, such as an operation or its variables, and are kept to the letter.
const MAY_HOLD_HEADERS = new Set(["graphiql:tabState", "graphiql:queries", "graphiql:favorites"]);

export const storage = {
  getItem: (key) => localStorage.getItem(key),
  setItem(key, value) {
    if (key === "graphiql:headers") {
      return;
    }
    localStorage.setItem(key, MAY_HOLD_HEADERS.has(key) ? cleaned(value) : value);
  },
  removeItem: (key) => localStorage.removeItem(key),
  clear: () => localStorage.clear(),
  get length() {
    return localStorage.length;
  },
};
