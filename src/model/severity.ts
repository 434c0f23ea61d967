/** An error stops the work, a warning does not, and an info is worth knowing. */
export type Severity = 'error' | 'warning' | 'info';
