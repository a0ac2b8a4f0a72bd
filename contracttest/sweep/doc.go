// Package sweep finds what earlier runs left on a target, and removes it: tenants and users below the tenant of the runs
// whose names begin as runs name what they make. Whatever else there is stays untouched.
package sweep
