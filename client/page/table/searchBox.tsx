interface Props {
  readonly value: string;
  readonly onSearch: (search: string) => void;
  readonly placeholder: string;
}

/** A field that narrows a table as one types. */
export function SearchBox({ value, onSearch, placeholder }: Props) {
  return (
    <search class="filters">
      <label>
        <span>Search</span>
        <input
          type="search"
          placeholder={placeholder}
          value={value}
          onInput={({ currentTarget }) => onSearch(currentTarget.value)}
        />
      </label>
    </search>
  );
}
