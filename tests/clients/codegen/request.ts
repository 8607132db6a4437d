// A request without any client library.
import type { TypedDocumentString } from "../generated/codegen/graphql.ts";

type Body = { query: string } | { documentId: string };

export async function request<Answer, Variables>(
  url: string,
  document: TypedDocumentString<Answer, Variables>,
  variables: Variables,
  body: Body = { query: document.toString() },
): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify({ ...body, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors.map(({ message }: Error) => message).join("\n"));
  return data;
}
