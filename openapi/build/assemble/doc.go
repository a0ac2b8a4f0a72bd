// Package assemble makes the OpenAPI document from the reference's facts and the
// overlay.
//
// [Base] restates the facts in OpenAPI's terms. [Lay] applies the overlay, which
// adds everything the reference does not say (operationIds, tags, summaries,
// response schemas, examples, operations it lacks) and corrects what it says
// wrongly. [Check] judges the result. [Build] does all three and renders.
//
// # Writing the overlay
//
// overlay.yaml is an OpenAPI Overlay 1.0 document. Targets are JSONPath (RFC
// 9535) into the base document; names with a slash or a brace go in brackets:
//
//	actions:
//	  - target: $.paths['/users/{user_id}'].get
//	    update: {operationId: getUser, tags: [users], summary: Returns a user}
//	  - target: $.paths[*][*].responses
//	    update: {default: {$ref: '#/components/responses/Error'}}
//	  - target: $.paths['/users'].get.parameters[?@.name=='limit'].schema
//	    update: {maximum: 5000}
//
// An update is merged: mappings member by member, at any depth; a list is
// appended to (so `required: [a]` adds a); a scalar replaces a scalar of the same
// type. To replace a list, or a scalar by one of another type, remove it first:
//
//	actions:
//	  - target: $.paths['/idp/token'].post.requestBody.content[*].schema.properties.scope.pattern
//	    remove: true
//
// A correction of the reference carries `x-erratum` with its reason, in the
// update or, at a removal, as a member of the action. A success without a body,
// other than 204, is marked `x-no-body: true`. Anchors and aliases may be
// used, merge keys may not. An action that matches or changes nothing is an error.
//
// A schema with nothing but `nullable: true` allows every value. OpenAPI 3.0.3 gives that
// keyword a meaning beside a type only, so [Build] writes the schema as alternatives, one
// of them with a type; any other nullable without a type is an error.
//
// The document is handled as nodes of gopkg.in/yaml.v3, because those are what the
// overlay library works on.
package assemble
