// Time and randomness that are the same in each run, for a library that takes both
// from its surroundings. To be imported before it.
import { concatHex, hexToBytes, keccak256, numberToHex, stringToHex } from "viem";

// 2100-01-01: what is authorized for an hour from here on is good on any chain of today.
export const now = 4_102_444_800;
Date.now = () => now * 1000;

let drawn = 0;
Object.defineProperty(globalThis, "crypto", {
  value: {
    getRandomValues(bytes) {
      for (let at = 0; at < bytes.length; at += 32) {
        const block = hexToBytes(keccak256(concatHex([stringToHex("x402 vectors"), numberToHex(drawn++, { size: 4 })])));
        bytes.set(block.subarray(0, bytes.length - at), at);
      }
      return bytes;
    },
  },
});
