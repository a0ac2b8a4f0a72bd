// Package det is where time and chance come from: a virtual clock per world, and identifiers
// derived from a seed. Within mock it is the only package that reads the wall clock or makes randomness,
// so the same requests in the same order give the same bytes.
package det
