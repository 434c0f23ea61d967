/** The floating IP whose way is drawn in the picture; empty: none. */
let selected = '';
let onSelect: () => void = () => undefined;

export function selectedWay(): string {
  return selected;
}

/** Selects the floating IP whose way is drawn. */
export function selectWay(name: string): void {
  selected = name;
  onSelect();
}

/** Calls this whenever another one is selected. */
export function followSelection(listener: () => void): void {
  onSelect = listener;
}
