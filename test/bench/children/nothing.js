// Nothing: what Node.js itself costs.
