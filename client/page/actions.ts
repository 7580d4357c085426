import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ReportPlace } from '#shared/report.ts';

/** What a reader can have done, by whoever shows the page. */
export interface Actions {
  /** Whether places open in an editor; else their paths are copied. */
  readonly opens: boolean;
  /** Goes to a place, as far as this is possible here. */
  readonly visit: (place: Pick<ReportPlace, 'file' | 'line'> & { readonly column?: number }) => void;
  /** `what` names it when it is said to have been copied. */
  readonly copy: (text: string, what: string) => void;
}

export const ActionsContext = createContext<Actions>({
  opens: false,
  visit: () => undefined,
  copy: () => undefined,
});

export const useActions = (): Actions => useContext(ActionsContext);
