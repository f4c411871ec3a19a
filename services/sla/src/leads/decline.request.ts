import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength, MinLength } from 'class-validator';

export class DeclineRequest {
  @ApiPropertyOptional({ description: 'the present owner: id or email; absent: the user who asks', example: 'ann' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(320)
  readonly by?: string;
}
