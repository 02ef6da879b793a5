import { Text, type TextProps } from '@mantine/core';

/** An amount in words already made for the reader: figures of one width, never broken over lines. */
export function Money({ children, ...props }: TextProps & { readonly children: string }) {
  return (
    <Text component="span" className="amount" inherit {...props}>
      {children}
    </Text>
  );
}
