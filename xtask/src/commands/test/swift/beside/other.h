#pragma once

#include <stdbool.h>

bool other_works(void);
bool other_catches(void);
