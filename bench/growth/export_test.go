package main

import "time"

// Parts that are tested without a server.
var (
	ParseSizes = parseSizes
	Duration   = duration
	Count      = count
	Plot       = plot
	Report     = report
)

type (
	Curve   = curve
	Options = options
	World   = world
)

// MakeCurve is a curve with as many points as there are numbers of users.
func MakeCurve(name string, users []int, nanoseconds ...int64) Curve {
	c := curve{name: name}
	for i, n := range users {
		c.points = append(c.points, point{n, time.Duration(nanoseconds[i])})
	}
	return c
}

// MakeWorld is a world in which every call takes the same time.
func MakeWorld(users int, nanoseconds int64) *World {
	w := &world{users: users, personal: users, costs: map[string][]cost{}}
	for _, c := range calls() {
		w.costs[c.name] = []cost{{call: time.Duration(nanoseconds)}}
	}
	return w
}
