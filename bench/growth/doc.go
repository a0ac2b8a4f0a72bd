// Command growth measures how the server behaves as its data grows: it seeds data files of several sizes, serves them
// side by side, asks each of them the same in turns, and writes a table into docs/performance.md and a plot beside it.
//
//	make growth
//	go run ./bench/growth -sizes 1000,10000 -page "" -plot /tmp/growth.svg
//
// It is a tool for developers, runs at the top of the repository, and needs about 4 GB of free disk and 8 GB of memory
// for a million users. An interrupted or failed run writes nothing and leaves nothing behind.
package main
