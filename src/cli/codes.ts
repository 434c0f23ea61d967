/** Every code of the commands themselves and of verify, with what it stands for. Codes are never reused. */
export const CLI_CODES = {
  NLX00: 'internal error',
  NLX01: 'this Node.js is too old',
  NLX02: 'standard input cannot be used here',
  NLX10: 'consent is needed and nobody can be asked',
  NLX11: 'not approved',
  NLX12: 'consent is given beforehand, and it is not said to what',
  NLX20: 'an instance is attached to the lab, and its node is not in the lab',
  NLX21: 'the command works in the lab only',
  NLX22: 'unknown node',
  NLX23: 'no such port, or several',
  NLX30: 'a mark names no topology',
  NLX31: 'what names a topology is left where it is',
  NLX32: 'an address may be that of an unknown topology',
  NLX33: 'Open vSwitch was not read',
  NLX41: 'an expectation cannot be tried',
} as const;
