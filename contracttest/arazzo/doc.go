// Package arazzo reads scenario files: Arazzo 1.0.1 in YAML or JSON, with the extensions of this project.
//
//	doc, err := arazzo.Read("tenants.arazzo.yaml", text, openapiDocument)
//
// It promises that everything in a file is checked before anything is sent: unknown and missing keys, types, operations,
// parameters, steps, workflows, outputs and inputs that expressions name, conditions, patterns and paths, cycles of
// dependsOn, jumps to steps that are not there, retries without a limit. Everything that is wrong is reported at once, up
// to 50 problems, each with file, line, column and the nearest name that would be right.
//
// What Arazzo has and scenarios do without is refused, and the refusal says what to write instead: steps that run a
// workflow (dependsOn), operationPath, jumps to other workflows, sources that are Arazzo files, criteria in XPath.
//
// The extensions:
//   - x-cleanup, of a step or workflow: steps that always run, see package run for the order;
//   - x-capture, of a step: outputs by name, each the first group of a pattern in the text of a context, for pages and links;
//   - x-foreach, of a step or workflow: a list, or an expression of one; $item and $index are the element and its index;
//   - x-fault and x-clock, of a step or workflow: fault rules, and a change of the clock, for a control plane;
//   - x-requires, of a file, workflow or step: names of roles or capabilities without which it is skipped;
//   - x-mutates, of a workflow or step: whether it changes the target; by default all but GET and HEAD do;
//   - x-tags, of a file or workflow: names to select scenarios by;
//   - x-undeclared, of a parameter: the operation need not have it, for scenarios about undocumented parameters.
//
// Unknown extensions are ignored, as Arazzo demands, unless they are a misspelt one of these.
package arazzo
