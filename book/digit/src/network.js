// The trained network, run by TensorFlow.js. The page's data say which steps it has.

import {
  env, fused, io, maxPool, mean, mul, registerBackend, registerKernel, setBackend, softmax,
  tensor4d, tidy,
} from "@tensorflow/tfjs-core";
import { BackendWasm, init, setWasmPaths } from "@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js";
import { _fusedMatMulConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/_FusedMatMul.js";
import { fusedConv2DConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/FusedConv2D.js";
import { identityConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Identity.js";
import { maxPoolConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/MaxPool.js";
import { meanConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Mean.js";
import { multiplyConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Multiply.js";
import { reshapeConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Reshape.js";
import { softmaxConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Softmax.js";
import { transposeConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Transpose.js";
import wasm from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm"; // a data: address

import { bytesOf } from "./base64.js";
import { SIDE } from "./mnist.js";

// Only what the network needs of the backend's 150 operations.
const KERNELS = [
  _fusedMatMulConfig, fusedConv2DConfig, identityConfig, maxPoolConfig, meanConfig, multiplyConfig,
  reshapeConfig, softmaxConfig, transposeConfig,
];

async function prepare() {
  KERNELS.forEach(registerKernel);
  // One WebAssembly binary for every browser. The backend wants an address for each of its three.
  env().set("WASM_HAS_SIMD_SUPPORT", false);
  env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  const names = ["", "-simd", "-threaded-simd"].map((kind) => `tfjs-backend-wasm${kind}.wasm`);
  setWasmPaths(Object.fromEntries(names.map((name) => [name, wasm])), true);
  registerBackend("wasm", async () => new BackendWasm((await init()).wasm));
  if (!(await setBackend("wasm"))) throw new Error("this browser does not run WebAssembly");
}

/** Multiply batch normalisation's factors into the kernels. */
function fold(tensors) {
  for (const name of Object.keys(tensors).filter((each) => each.endsWith("/factor"))) {
    const kernel = name.replace("factor", "kernel");
    tensors[kernel] = mul(tensors[kernel], tensors[name]); // the filters are the last axis
  }
}

/** The steps, each with its own trained numbers, in which nothing is folded yet. */
function stepsOf(data, tensors) {
  return data.steps.map((step) => {
    const numbers = (what) => tensors[`${step.name}/${what}`]?.dataSync();
    const [kernel, factor, summand, bias] = ["kernel", "factor", "summand", "bias"].map(numbers);
    return { ...step, kernel, factor, summand, bias };
  });
}

/** Return the network: its steps, and the function that runs it. */
export async function createNetwork(data) {
  await prepare();
  const weights = io.decodeWeights(bytesOf(data.weights).buffer, data.specs);
  const steps = stepsOf(data, weights);
  fold(weights);

  const does = {
    convolve: (x, name) =>
      fused.conv2d({
        x,
        filter: weights[`${name}/kernel`],
        bias: weights[`${name}/summand`],
        strides: 1,
        pad: "same",
        activation: "relu",
      }),
    pool: (x) => maxPool(x, 2, 2, "valid"),
    average: (x) => mean(x, [1, 2]),
    classify: (x, name) =>
      softmax(fused.matMul({ a: x, b: weights[`${name}/kernel`], bias: weights[`${name}/bias`] })),
  };

  /**
   * Run the network on a picture of 28 × 28 values. Return what each step makes of it:
   * { values, side, count }, values in the order row, column, map. The last is the probabilities.
   */
  function run(picture) {
    const outputs = []; // not what `tidy` returns: in that it looks for tensors, number by number
    tidy(() => {
      let x = tensor4d(picture, [1, SIDE, SIDE, 1]);
      for (const step of steps) {
        x = does[step.does](x, step.name);
        const side = x.shape.length === 4 ? x.shape[1] : 1;
        outputs.push({ values: x.dataSync(), side, count: x.shape.at(-1) });
      }
    });
    return outputs;
  }

  return { steps, run };
}
