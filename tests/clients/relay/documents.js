// What relay-compiler reads: lists and rows that a component would name with useFragment and usePaginationFragment.
import { graphql } from "relay-runtime";

export const QUERY = graphql`
  query documentsQuery($first: Int!) {
    ...documents_artifacts @arguments(first: $first)
  }
`;

export const FRAGMENT = graphql`
  fragment documents_artifacts on Query
  @refetchable(queryName: "documentsNextPage")
  @argumentDefinitions(first: { type: "Int!" }, after: { type: "String" }) {
    artifacts(first: $first, after: $after, filter: { key: { isNull: false } }, orderBy: [{ key: ASC }])
      @connection(key: "documents_artifacts") {
      totalCount
      edges {
        node {
          id
          key
          createdAt
          cellTypes(first: 2) {
            nodes {
              name
            }
          }
        }
      }
    }
  }
`;

export const DETAILS = graphql`
  query documentsDetailsQuery($id: ID!) {
    node(id: $id) {
      ...documents_details @alias
    }
  }
`;

export const DETAILS_FRAGMENT = graphql`
  fragment documents_details on Artifact @refetchable(queryName: "documentsDetailsRefetch") {
    description
    features {
      name
      value
    }
  }
`;
