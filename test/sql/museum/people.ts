const ID = '00000000-0000-4000-8000-00000000000';

export const IDA = `${ID}1`;
export const MAX = `${ID}2`;
export const NOA = `${ID}3`;
