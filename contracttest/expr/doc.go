// Package expr reads and evaluates what Arazzo 1.0.1 calls runtime expressions, and what is built of them: templates with
// expressions in braces, payloads, and the criteria of steps.
//
//	c, err := expr.ParseCondition(`$statusCode == 409 && $response.body#/error/code == 1001`)
//	v, err := c.Judge(scope) // Verdict{Holds: false, Expected: "$statusCode == 409", Actual: "412"}
//
// It promises that
//   - nothing panics, whatever is read, and that what is wrong is said with the character where it is;
//   - values keep their JSON types: numbers are json.Number with the digits they came with;
//   - a value that is not there is told apart from null when it is to be used, and equals null when it is compared;
//   - what was read prints as a text that reads the same again.
//
// Conditions compare as the specification says: texts without regard to case, numbers by value, and values of different
// types are not equal; neither null nor an absent value is less or greater than anything. What comes from a header, a path
// or a query has no type: beside a number or a boolean it is read as one. A condition that is not a comparison must be a
// boolean; null and an absent value count as false.
//
// It leaves to others what a name stands for (the Scope knows) and whether the name is known (Refs lists them).
package expr
