// A request without any client library.
import type { TypedDocumentString } from "../generated/codegen/graphql.ts";

export async function request<Answer, Variables>(
  url: string,
  document: TypedDocumentString<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors.map(({ message }: Error) => message).join("\n"));
  return data;
}
