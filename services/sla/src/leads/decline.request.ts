import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';

export class DeclineRequest {
  @ApiProperty({ description: 'the present owner: id or email', example: 'ann' })
  @IsString()
  @MinLength(1)
  @MaxLength(320)
  readonly by!: string;
}
