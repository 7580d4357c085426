import type { ComponentChildren } from 'preact';

interface Props {
  readonly id: string;
  readonly title: string;
  readonly count?: number;
  readonly children: ComponentChildren;
}

/** A part of the report with its heading, at which the page's list of contents points. */
export function Section({ id, title, count, children }: Props) {
  return (
    <section id={id} class="part" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        {title}
        {count !== undefined && <span class="count">{count.toLocaleString('en-US')}</span>}
      </h2>
      {children}
    </section>
  );
}
