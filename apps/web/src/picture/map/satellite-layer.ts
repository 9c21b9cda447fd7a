import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibre } from 'maplibre-gl';
import { STATE_FLOATS, type Vector } from '../satellites/state.ts';
import { cameraFrom, isBehindEarth, toScreen } from '../satellites/visibility.ts';

const VERTEX = `#version 300 es
precision highp float;
in vec3 a_place;
in vec3 a_velocity;
in vec4 a_look;
uniform mat4 u_matrix;
uniform vec3 u_camera;
uniform float u_seconds;
uniform float u_ratio;
out vec3 v_colour;
void main() {
  vec3 p = a_place + a_velocity * u_seconds;
  vec3 d = p - u_camera;
  float t = clamp(-dot(u_camera, d) / dot(d, d), 0.0, 1.0);
  bool hidden = dot(p, p) < 1.0 || length(u_camera + d * t) < 1.0;
  gl_Position = hidden ? vec4(2.0, 2.0, 2.0, 1.0) : u_matrix * vec4(p, 1.0);
  gl_Position.z = 0.0;
  gl_PointSize = a_look.a * u_ratio;
  v_colour = a_look.rgb;
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
in vec3 v_colour;
out vec4 colour;
void main() {
  float r = length(gl_PointCoord - 0.5) * 2.0;
  float alpha = 1.0 - smoothstep(0.55, 1.0, r);
  colour = vec4(v_colour * alpha, alpha);
}`;

/** How a satellite is drawn: red, green, blue in 0..1 and the diameter in pixels. */
export type Look = readonly [number, number, number, number];

/**
 * All satellites in one draw call. Places and velocities come from the worker every few seconds; between these the shader
 * moves them. Nothing is drawn in the flat projection, which the globe does not reach at our zooms.
 */
export class SatelliteLayer implements CustomLayerInterface {
  readonly id = 'satellites';
  readonly type = 'custom';
  readonly renderingMode = '3d';
  order: readonly string[] = [];
  #states = new Float32Array(0);
  #looks = new Float32Array(0);
  #at = 0;
  #stale = true;
  #matrix: Float64Array | undefined;
  #camera: Vector = [0, 0, 4];
  #gl:
    | { program: WebGLProgram; vao: WebGLVertexArrayObject; states: WebGLBuffer; looks: WebGLBuffer }
    | undefined;
  #map: MapLibre | undefined;

  set(order: readonly string[], states: Float32Array<ArrayBuffer>, at: number): void {
    this.order = order;
    this.#states = states;
    this.#at = at;
    this.#stale = true;
    this.#map?.triggerRepaint();
  }

  setLooks(lookOf: (key: string) => Look | undefined): void {
    const looks = new Float32Array(this.order.length * 4);
    for (const [i, key] of this.order.entries()) looks.set(lookOf(key) ?? [0, 0, 0, 0], i * 4);
    this.#looks = looks;
    this.#stale = true;
    this.#map?.triggerRepaint();
  }

  onAdd(map: MapLibre, gl: WebGL2RenderingContext): void {
    this.#map = map;
    const program = gl.createProgram();
    for (const [type, source] of [
      [gl.VERTEX_SHADER, VERTEX],
      [gl.FRAGMENT_SHADER, FRAGMENT],
    ] as const) {
      const shader = gl.createShader(type);
      if (shader === null) return;
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) return;
    const [vao, states, looks] = [gl.createVertexArray(), gl.createBuffer(), gl.createBuffer()];
    gl.bindVertexArray(vao);
    const bind = (buffer: WebGLBuffer, name: string, size: number, stride: number, offset: number): void => {
      const at = gl.getAttribLocation(program, name);
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.enableVertexAttribArray(at);
      gl.vertexAttribPointer(at, size, gl.FLOAT, false, stride, offset);
    };
    bind(states, 'a_place', 3, STATE_FLOATS * 4, 0);
    bind(states, 'a_velocity', 3, STATE_FLOATS * 4, 12);
    bind(looks, 'a_look', 4, 16, 0);
    gl.bindVertexArray(null);
    this.#gl = { program, vao, states, looks };
  }

  render(gl: WebGL2RenderingContext, { defaultProjectionData: data }: CustomRenderMethodInput): void {
    const own = this.#gl;
    if (own === undefined || data.projectionTransition < 0.999) return;
    this.#matrix = Float64Array.from(data.mainMatrix);
    this.#camera = cameraFrom(data.clippingPlane);
    const n = Math.min(this.#states.length / STATE_FLOATS, this.#looks.length / 4);
    if (n === 0) return;
    gl.bindVertexArray(own.vao);
    if (this.#stale) {
      gl.bindBuffer(gl.ARRAY_BUFFER, own.states);
      gl.bufferData(gl.ARRAY_BUFFER, this.#states, gl.DYNAMIC_DRAW);
      gl.bindBuffer(gl.ARRAY_BUFFER, own.looks);
      gl.bufferData(gl.ARRAY_BUFFER, this.#looks, gl.DYNAMIC_DRAW);
      this.#stale = false;
    }
    // biome-ignore lint/correctness/useHookAtTopLevel: WebGL's useProgram is no hook
    gl.useProgram(own.program);
    const at = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(own.program, name);
    gl.uniformMatrix4fv(at('u_matrix'), false, Float32Array.from(data.mainMatrix));
    gl.uniform3f(at('u_camera'), ...this.#camera);
    gl.uniform1f(at('u_seconds'), this.#seconds());
    gl.uniform1f(at('u_ratio'), window.devicePixelRatio);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.drawArrays(gl.POINTS, 0, n);
    gl.bindVertexArray(null);
  }

  /** The visible satellite nearest to a point of the screen within `reach` pixels. */
  pick(x: number, y: number, width: number, height: number, reach: number): string | undefined {
    if (this.#matrix === undefined) return undefined;
    let best = reach;
    let found: string | undefined;
    for (const [i, key] of this.order.entries()) {
      if (!this.#looks[i * 4 + 3]) continue;
      const p = this.placeAt(i);
      const on = p === undefined ? undefined : toScreen(this.#matrix, p, width, height);
      if (p === undefined || on === undefined || isBehindEarth(this.#camera, p)) continue;
      const off = Math.hypot(on[0] - x, on[1] - y);
      if (off < best) [best, found] = [off, key];
    }
    return found;
  }

  /** Place on the unit sphere's frame now; undefined where there is none. */
  placeAt(index: number): Vector | undefined {
    const at = index * STATE_FLOATS;
    const s = this.#seconds();
    const axis = (k: number): number => (this.#states[at + k] ?? 0) + (this.#states[at + 3 + k] ?? 0) * s;
    const p: Vector = [axis(0), axis(1), axis(2)];
    return Math.hypot(...p) < 1 ? undefined : p;
  }

  #seconds(): number {
    return Math.max(-30, Math.min(30, (Date.now() - this.#at) / 1000));
  }
}
