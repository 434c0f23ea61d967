import type { MemberKind } from './shape.ts';

/** What happens while a lab is brought to its shape. */
export type LabEvent =
  | { readonly type: 'lab-started'; readonly name: string; readonly milliseconds: number }
  | { readonly type: 'member-added' | 'member-removed'; readonly kind: MemberKind; readonly name: string }
  | { readonly type: 'cable-added' | 'cable-removed'; readonly cable: string }
  | { readonly type: 'switch-started'; readonly node: string }
  | { readonly type: 'lab-up'; readonly name: string; readonly changed: boolean; readonly milliseconds: number }
  | { readonly type: 'lab-down'; readonly name: string };
