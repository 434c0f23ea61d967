export { labCapture, type CaptureOptions, type CapturePoint, type CaptureResult } from './capture/capture.ts';
export { labDown } from './down.ts';
export { labList, labNames, type LabSummary } from './list.ts';
export { labInspect, type LabInventory, type LabMachine } from './inspect.ts';
export { findTarget, labTargets, targetName, type LabTarget, type NamedTarget } from './targets.ts';
export { labExec, labRun, type LabRunResult } from './exec.ts';
export { parseRenewed, renewCommand, RENEW_LIMIT_MS, type RenewedPort } from './renew.ts';
export { labHost } from './shell.ts';
export type { LabTopology } from './shape.ts';
export {
  labStatus,
  type LabInstanceStatus,
  type LabMachineStatus,
  type LabNodeStatus,
  type LabPortStatus,
  type LabStatus,
} from './status.ts';
export { stateDir } from './state-dir.ts';
export { labUp, type LabUpOptions } from './up.ts';
