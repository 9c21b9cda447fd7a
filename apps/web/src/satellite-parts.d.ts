/** Parts of satellite.js without its WebAssembly; vite.config.ts maps them to the package's files. */
declare module 'satellite.js/elements' {
  export { json2satrec } from 'satellite.js';
}
declare module 'satellite.js/frames' {
  export { eciToGeodetic } from 'satellite.js';
}
declare module 'satellite.js/sgp4' {
  export { gstime, propagate } from 'satellite.js';
}
