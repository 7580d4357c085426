interface Props {
  readonly value: string;
  readonly onSearch: (search: string) => void;
  readonly placeholder: string;
}

/** A field that narrows a table as one types, where nothing else does. */
export function SearchBox(props: Props) {
  return (
    <search class="filters">
      <SearchField {...props} />
    </search>
  );
}

/** The same beside other filters. */
export function SearchField({ value, onSearch, placeholder }: Props) {
  return (
    <label>
      <span>Search</span>
      <input
        type="search"
        placeholder={placeholder}
        value={value}
        onInput={({ currentTarget }) => onSearch(currentTarget.value)}
      />
    </label>
  );
}
